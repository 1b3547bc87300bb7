"use strict";
// The query page. Everything that comes from the store is set as text, never as markup.
(() => {
  const $ = (id) => document.getElementById(id);
  const { queries, prefixes, base } = JSON.parse($("data").textContent);
  const START = `${prefixes}\nSELECT ?name ?value ?unit WHERE {\n  ?observation a fatu:Observation ; fatu:value ?value ; fatu:unit/skos:prefLabel ?unit ;\n    fatu:indicator/skos:prefLabel ?name .\n  FILTER(LANG(?name) = "zh" && LANG(?unit) = "zh")\n} LIMIT 50\n`;

  /** YASGUI's editor. By itself it looks up classes and properties on the web as one types, and sends queries to DBpedia. */
  function makeYasqe({ Yasqe }) {
    const { defaults, Autocompleters } = Yasqe; // lists in a configuration would be mixed with those of the defaults
    defaults.autocompleters = ["variables", "prefixes"];
    for (const key of ["Ctrl-Enter", "Cmd-Enter"]) defaults.extraKeys[key] = () => {}; // the page runs the query
    const ours = [...prefixes.matchAll(/PREFIX (\S+) (<\S+>)/g)].map(([, prefix, iri]) => `${prefix} ${iri}`);
    Object.assign(Autocompleters.prefixes, { get: async () => ours, persistenceId: null });
    const made = new Yasqe($("yasqe"), { persistenceId: null, createShareableLink: null, requestConfig: { endpoint: "/sparql" }, showQueryButton: false, resizeable: false, value: "" });
    made.getInputField().setAttribute("aria-label", "SPARQL");
    made.getScrollerElement().tabIndex = 0; // arrow keys scroll a long query
    return made;
  }

  // YASGUI's editor where it was built in, else the plain one.
  const yasqe = window.Yasgui?.Yasqe ? makeYasqe(window.Yasgui) : null;
  if (yasqe) $("query").hidden = true;
  const text = () => (yasqe ? yasqe.getValue() : $("query").value);
  function setText(query) {
    if (yasqe) yasqe.setValue(query);
    $("query").value = query;
  }

  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  }

  const COUNT = 1000; // rows shown at once

  /** Where this server shows an IRI. */
  function placeOf(iri) {
    if (iri.startsWith(`${base}id/`)) return `/id/${iri.slice(base.length + 3).split("/").map(encodeURIComponent).join("/")}`;
    if (iri.startsWith(`${base}ns`)) return `/ns${iri.slice(base.length + 2)}`;
    return null;
  }

  /** A text without its percent signs; as it is where its bytes are no UTF-8. */
  function decode(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  }

  function cellOf(cell) {
    if (!cell) return make("td");
    const place = cell.type === "uri" ? placeOf(cell.value) : null;
    const short = place ? decode(cell.value.slice(base.length)) : cell.value;
    const content = place ? make("a", { href: place }, short) : cell.value;
    return make("td", { dir: "auto", class: /^-?[\d.]+$/.test(cell.value) ? "number" : "" }, content);
  }

  function showRows({ head, results, boolean }) {
    if (boolean !== undefined) return $("results").replaceChildren(make("p", {}, String(boolean)));
    const names = head.vars.filter((name) => results.bindings.some((row) => row[name]) || !results.bindings.length);
    const rows = results.bindings.slice(0, COUNT).map((row) => make("tr", {}, ...names.map((name) => cellOf(row[name]))));
    const top = make("thead", {}, make("tr", {}, ...names.map((name) => make("th", { scope: "col" }, name))));
    $("results").replaceChildren(make("table", {}, top, make("tbody", {}, ...rows)));
    const more = results.bindings.length - rows.length;
    $("said").textContent = `${results.bindings.length} 行 rows${more ? `, ${more} 未显示 not shown` : ""}`;
  }

  async function send(accept) {
    $("said").textContent = "…";
    const response = await fetch("/sparql", { method: "POST", headers: { "content-type": "application/sparql-query", accept }, body: text() });
    if (response.ok) return response;
    $("results").replaceChildren(make("p", { class: "wrong", role: "alert" }, (await response.text()).trim()));
    $("said").textContent = "";
    return null;
  }

  async function run() {
    const response = await send("application/sparql-results+json, text/turtle");
    if (!response) return;
    if (response.headers.get("content-type").includes("json")) return showRows(await response.json());
    $("results").replaceChildren(make("pre", {}, await response.text()));
    $("said").textContent = "";
  }

  async function save(accept, name) {
    const response = await send(accept);
    if (!response) return;
    const link = make("a", { href: URL.createObjectURL(await response.blob()), download: name });
    link.click();
    $("said").textContent = "";
  }

  function choose(name) {
    const query = queries.find((known) => known.name === name);
    if (!query) return;
    setText(query.text);
    for (const button of document.querySelectorAll("#queries button")) button.setAttribute("aria-current", String(button.dataset.name === name));
    run();
  }

  async function ask(words) {
    const response = await fetch(`/ask?${new URLSearchParams({ q: words })}`, { headers: { accept: "application/json" } });
    const found = await response.json();
    if (found.answered) {
      const set = Object.entries(found.parameters).map(([name, value]) => `${name}=${value}`).join(", ");
      const quotes = found.evidence.slice(0, 6).map(({ text: words, start, end }) => make("blockquote", { class: "quiet" }, `“${words}” ${start}–${end}`));
      $("understood").replaceChildren(make("p", {}, found[found.lang], " ", make("small", { class: "quiet" }, [found.query, set].filter(Boolean).join(" · "))), ...quotes);
      const query = queries.find((known) => known.name === found.query);
      if (query) setText(query.text);
      return showRows(found.results);
    }
    const again = found.nearest.map((question) => {
      const button = make("button", { type: "button" }, question);
      button.addEventListener("click", () => {
        $("words").value = question;
        ask(question);
      });
      return make("li", {}, button);
    });
    $("understood").replaceChildren(make("p", { class: found.query ? "quiet" : "wrong" }, found.message ?? found.detail ?? ""), make("ul", {}, ...again));
  }

  $("editor").addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run();
  });
  $("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    if ($("words").value.trim()) ask($("words").value);
  });
  $("csv").addEventListener("click", () => save("text/csv, text/turtle", "results.csv"));
  $("json").addEventListener("click", () => save("application/sparql-results+json, application/ld+json", "results.json"));
  $("draw").addEventListener("click", () => {
    $("drawing").elements.query.value = text();
    $("drawing").submit();
  });
  for (const button of document.querySelectorAll("#queries button")) button.addEventListener("click", () => choose(button.dataset.name));

  const said = new URLSearchParams(location.search);
  setText(said.get("query") ?? START);
  if (said.has("name")) choose(said.get("name"));
  else if (said.has("query")) run();
  if (said.has("ask")) {
    $("words").value = said.get("ask");
    ask(said.get("ask"));
  }
})();
