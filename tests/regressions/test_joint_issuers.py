"""县委、县政府印发《…》: both issue it, the one named first leads; it is not put down to the last one alone."""

from __future__ import annotations

from passages import link_body


def test_all_bodies_issue_and_the_first_leads() -> None:
    report = link_body("县委、县政府印发《石门县法治政府建设实施方案》。")
    (document,) = report.documents
    assert document.issuer_name == "中共石门县委员会 石门县人民政府"
