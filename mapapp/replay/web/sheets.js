/* Sheets over the page: the records that are not shown and why, and what the map is made of. */
mapapp.sheets = (data, phrases) => {
  const { make, said, find, icon } = mapapp.dom;
  const { about } = data;

  function fill(dialog, title, ...content) {
    const close = make("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => dialog.close() }, icon("M6 6L18 18M18 6L6 18"));
    dialog.append(make("header", {}, make("h2", { id: `${dialog.id}-title` }, title), close), ...content.flat().filter(Boolean));
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
    return dialog;
  }

  const COLUMNS = [["file", "File"], ["record", "Record"], ["field", "Field"], ["reason", "Why it is not shown"]];
  function table(rows) {
    return make(
      "div",
      { class: "scroll", tabindex: "0" },
      make(
        "table",
        {},
        make("thead", {}, make("tr", {}, COLUMNS.map(([, label]) => make("th", { scope: "col" }, label)))),
        make("tbody", {}, rows.map((row) => make("tr", {}, COLUMNS.map(([name]) => make("td", {}, said(row[name])))))),
      ),
    );
  }

  const notShown = fill(
    find("not-shown"),
    `${phrases.plural(about.not_shown, "record")} not shown`,
    data.not_shown.length ? table(data.not_shown) : make("p", {}, "Every record of the situation is on the map or on the time line."),
  );

  const fact = (name, value) => (value ? [make("dt", {}, name), make("dd", {}, said(value))] : []);
  const sheet = fill(
    find("about"),
    "About this map",
    make("p", {}, said(about.disclaimer)),
    make("dl", {}, fact("Title", about.title), fact("Organisation", about.organisation), fact("Sharing level", about.tlp && `TLP:${about.tlp}`),
      fact("Licence", about.licence), fact("Sources cited", String(data.sources.length)), fact("Data digest (SHA-256)", about.digest)),
    make("h3", {}, "Credits"),
    make("ul", {}, [...about.credits, "Drawn with Leaflet (BSD-2-Clause)"].map((credit) => make("li", {}, said(credit)))),
  );

  return { notShown: () => notShown.showModal(), about: () => sheet.showModal() };
};
