// What benchmarks/explorer.py puts before a page's own scripts.
// firstPicture: when the frame with the first forms or words on the canvas is produced; isReadyAt: when fatu's page is.
// `timed` gives the time from an event until the next frame is produced (with `late`, the first one after that
// element's children change), `clicked` the same for the next click of the mouse, from when the system saw it.
"use strict";

(() => {
  const afterFrame = (done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(performance.now());
    port2.postMessage(0);
  });
  const pen = CanvasRenderingContext2D.prototype;
  const own = { fillText: pen.fillText, fill: pen.fill, stroke: pen.stroke };
  for (const name of Object.keys(own)) {
    pen[name] = function (...said) {
      Object.assign(pen, own); // from now on nothing stands between
      afterFrame((now) => (window.firstPicture = now));
      return own[name].apply(this, said);
    };
  }
  let page;
  Object.defineProperty(window, "fatu", {
    get: () => page,
    set: (given) => {
      page = given;
      window.isReadyAt = performance.now();
    },
  });
  window.timed = (act, late) => new Promise((done) => {
    const start = performance.now();
    const end = () => afterFrame((now) => done(now - start));
    if (late) {
      const observer = new MutationObserver(() => {
        observer.disconnect();
        end();
      });
      observer.observe(document.querySelector(late), { childList: true });
    }
    act();
    if (!late) end();
  });
  window.awaitClick = () => {
    window.clicked = new Promise((done) => addEventListener("pointerup",
      ({ timeStamp }) => afterFrame((now) => done(now - timeStamp)), { capture: true, once: true }));
  };
  window.countRedraws = (network) => {
    const counted = { redraws: 0, start: performance.now() };
    const note = () => (counted.redraws += 1);
    network.on("afterDrawing", note);
    return () => {
      network.off("afterDrawing", note);
      return (1000 * counted.redraws) / (performance.now() - counted.start);
    };
  };
  window.emptyPlace = (network) => {
    const box = document.querySelector("canvas").getBoundingClientRect();
    for (let step = 0; step < 400; step += 1) {
      const [x, y] = [box.width * (0.35 + 0.015 * (step % 20)), box.height * (0.35 + 0.015 * Math.floor(step / 20))];
      const top = document.elementFromPoint(box.left + x, box.top + y);
      if (top?.tagName === "CANVAS" && network.getNodeAt({ x, y }) === undefined) return [box.left + x, box.top + y];
    }
    return [box.left + 4, box.top + 4];
  };
})();
