/* Unpacks the page: its data, its styles and its scripts, in that order. The policy in the head names the text of every
   style and script, so nothing else can come to run this way. */
"use strict";
(async () => {
  const opening = document.getElementById("opening");
  opening.hidden = true;

  async function bytes(id) {
    const element = document.getElementById(id);
    const text = atob(element.textContent);
    element.remove();
    const packed = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) packed[i] = text.charCodeAt(i);
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  function add(tag, text) {
    const element = document.createElement(tag);
    element.textContent = text;
    document.head.append(element);
  }

  try {
    const [code, records, ground] = await Promise.all(["code", "records", "ground"].map(bytes));
    const text = (data) => new TextDecoder().decode(data);
    const { styles, scripts } = JSON.parse(text(code));
    window.unpacked = { records: text(records), ground };
    for (const style of styles) add("style", style);
    document.getElementById("page").hidden = false;
    for (const script of scripts) add("script", script);
  } catch (error) {
    opening.hidden = false;
    throw error;
  }
})();
