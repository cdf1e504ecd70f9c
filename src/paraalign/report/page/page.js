// What the page does beyond being read: filter, step, decide, show linked words.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = (id) => document.getElementById(id);
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  const cards = all(".f");
  const byNumber = new Map(cards.map((card) => [card.dataset.n, card]));
  const marks = all("main [data-f]");
  let current = null;
  const say = (text) => { byId("said").textContent = text; };

  // Decisions: kept in this browser, by finding id, for this pair of files.
  const key = "paraalign.decisions/1:" + data.key;
  let decisions = {};
  try { decisions = JSON.parse(localStorage.getItem(key) || "{}") || {}; } catch { decisions = {}; }
  const keep = () => {
    try { localStorage.setItem(key, JSON.stringify(decisions)); } catch { say("Decisions can't be kept in this browser; export them."); }
  };
  const decisionOf = (card) => decisions[card.dataset.id]?.decision || "";
  const showDecision = (card) => {
    const choice = decisionOf(card);
    for (const button of all("[data-d]", card)) button.setAttribute("aria-pressed", String(button.dataset.d === choice));
    card.classList.toggle("decided", Boolean(choice));
    card.querySelector(".comment").value = decisions[card.dataset.id]?.comment || "";
  };
  const decide = (card, choice) => {
    const id = card.dataset.id;
    const entry = { ...decisions[id], decision: choice, date: new Date().toISOString() };
    if (decisionOf(card) === choice) delete decisions[id]; else decisions[id] = entry;
    keep();
    showDecision(card);
    filter();
    say(`finding ${card.dataset.n}: ${decisionOf(card) || "open"}`);
  };
  const comment = (card, text) => {
    const id = card.dataset.id;
    if (!decisions[id] && !text) return;
    decisions[id] = { decision: "accept", ...decisions[id], comment: text, date: new Date().toISOString() };
    keep();
    showDecision(card);
  };
  const download = () => {
    const body = JSON.stringify({ schema: "paraalign.decisions/1", decisions }, null, 1);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([body], { type: "application/json" }));
    link.download = "decisions.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const upload = async (file) => {
    try {
      const read = JSON.parse(await file.text());
      if (read.schema !== "paraalign.decisions/1" || typeof read.decisions !== "object") throw new Error("no decisions in it");
      decisions = { ...decisions, ...read.decisions };
      keep();
      cards.forEach(showDecision);
      filter();
      say(`decisions read from ${file.name}`);
    } catch (error) { say(`${file.name}: ${error.message}`); }
  };

  // Filters. Counts beside kinds and severities follow all the other filters.
  const wanted = () => ({
    kind: new Set(all("[name=kind]:checked").map((box) => box.value)),
    severity: new Set(all("[name=severity]:checked").map((box) => box.value)),
    confidence: Number(byId("confidence").value) / 100,
    words: byId("search").value.trim().toLocaleLowerCase(),
    state: byId("state").value,
  });
  const texts = new Map(cards.map((card) => [card, card.textContent.toLocaleLowerCase()]));
  const passes = (card, want) =>
    Number(card.dataset.confidence) >= want.confidence &&
    (!want.words || texts.get(card).includes(want.words)) &&
    (!want.state || (decisionOf(card) || "open") === want.state);
  const filter = () => {
    const want = wanted();
    const counts = {};
    const gone = new Set();
    for (const card of cards) {
      const { kind, severity } = card.dataset;
      const rest = passes(card, want);
      if (rest && want.severity.has(severity)) counts[kind] = (counts[kind] || 0) + 1;
      if (rest && want.kind.has(kind)) counts[severity] = (counts[severity] || 0) + 1;
      card.hidden = !(rest && want.kind.has(kind) && want.severity.has(severity));
      if (card.hidden) gone.add(card.dataset.n);
    }
    for (const output of all("[data-count]")) output.textContent = counts[output.dataset.count] || 0;
    for (const mark of marks) mark.classList.toggle("off", mark.dataset.f.split(" ").every((number) => gone.has(number)));
    const left = cards.length - gone.size;
    byId("count").textContent = gone.size ? `${left} of ${cards.length} findings` : `${left} findings`;
    byId("confidence-shown").textContent = `${byId("confidence").value} %`;
  };
  const orders = {
    text: (a, b) => a.dataset.n - b.dataset.n,
    severity: (a, b) => b.dataset.weight - a.dataset.weight || a.dataset.n - b.dataset.n,
    confidence: (a, b) => b.dataset.confidence - a.dataset.confidence || a.dataset.n - b.dataset.n,
  };
  const sort = () => {
    cards.sort(orders[byId("order").value]);
    byId("list")?.append(...cards);
  };

  // Going to a finding.
  const select = (card, { focus = false } = {}) => {
    if (!card) return;
    current?.classList.remove("current");
    for (const mark of all("main .on")) mark.classList.remove("on");
    current = card;
    card.classList.add("current");
    const mine = marks.filter((mark) => mark.dataset.f.split(" ").includes(card.dataset.n));
    for (const mark of mine) mark.classList.add("on");
    mine[0]?.scrollIntoView({ block: "center" });
    const list = byId("list");
    if (list.scrollHeight > list.clientHeight) list.scrollTop = card.offsetTop - list.offsetTop - 8;
    byId("bar").hidden = false;
    byId("bar-text").textContent = `${card.querySelector(".badge").textContent} ${card.dataset.kind}: ${card.querySelector(".message").textContent}`;
    if (focus) card.querySelector(".go").focus({ preventScroll: true });
  };
  const step = (by) => {
    const shown = cards.filter((card) => !card.hidden);
    if (!shown.length) return;
    const at = shown.indexOf(current);
    select(shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : (at + by + shown.length) % shown.length], { focus: true });
  };

  // Linked words: under the pointer, or moved to with the arrow keys inside a sentence.
  const sides = { s: data.words.source, t: data.words.target };
  const words = { s: [], t: [] };
  const inSentence = new Map();
  for (const side of ["s", "t"]) {
    for (let i = 0; i < sides[side].length; i += 3) {
      const word = { id: side + sides[side][i], start: sides[side][i + 1], end: sides[side][i + 2], links: [] };
      words[side].push(word);
      if (!inSentence.has(word.id)) inSentence.set(word.id, []);
      inSentence.get(word.id).push(word);
    }
  }
  for (let i = 0; i < data.words.links.length; i += 3) {
    const [source, target, score] = data.words.links.slice(i, i + 3);
    words.s[source].links.push([words.t[target], score]);
    words.t[target].links.push([words.s[source], score]);
  }
  const canPaint = typeof Highlight === "function" && CSS.highlights;
  const rangeOf = (word) => {
    const walk = document.createTreeWalker(byId(word.id), NodeFilter.SHOW_TEXT);
    const range = new Range();
    let at = 0;
    let begun = false;
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const next = at + node.length;
      if (!begun && word.start < next) { range.setStart(node, word.start - at); begun = true; }
      if (begun && word.end <= next) { range.setEnd(node, word.end - at); break; }
      at = next;
    }
    return range;
  };
  let shownWord = null;
  const showWord = (word) => {
    if (word === shownWord) return;
    shownWord = word;
    for (const near of all(".s.near")) near.classList.remove("near");
    if (canPaint) CSS.highlights.clear();
    if (!word) return;
    for (const [other] of word.links) byId(other.id).classList.add("near");
    if (!canPaint) return;
    const faint = word.links.filter(([, score]) => score < 50).map(([other]) => rangeOf(other));
    const sure = word.links.filter(([, score]) => score >= 50).map(([other]) => rangeOf(other));
    CSS.highlights.set("word", new Highlight(rangeOf(word), ...sure));
    CSS.highlights.set("word-faint", new Highlight(...faint));
  };
  const caretAt = (x, y) => {
    if (document.caretPositionFromPoint) {
      const found = document.caretPositionFromPoint(x, y);
      return found && { node: found.offsetNode, offset: found.offset };
    }
    const range = document.caretRangeFromPoint?.(x, y);
    return range && { node: range.startContainer, offset: range.startOffset };
  };
  const wordAt = (sentence, x, y) => {
    const caret = caretAt(x, y);
    if (!caret || !sentence.contains(caret.node)) return null;
    const range = new Range();
    range.setStart(sentence, 0);
    range.setEnd(caret.node, caret.offset);
    const place = range.toString().length;
    return (inSentence.get(sentence.id) || []).find((word) => word.start <= place && place <= word.end) || null;
  };
  const stepWord = (sentence, by) => {
    const own = inSentence.get(sentence.id) || [];
    if (!own.length) return;
    const at = own.indexOf(shownWord);
    showWord(own[at < 0 ? (by > 0 ? 0 : own.length - 1) : (at + by + own.length) % own.length]);
    const read = (word) => rangeOf(word).toString();
    say(`${read(shownWord)}: ${shownWord.links.map(([other]) => read(other)).join(", ")}`);
  };
  for (const id of inSentence.keys()) byId(id).tabIndex = 0;

  // Events.
  const texts_ = byId("texts");
  texts_.addEventListener("pointermove", (event) => {
    const sentence = event.target.closest(".s");
    showWord(sentence ? wordAt(sentence, event.clientX, event.clientY) : null);
  });
  texts_.addEventListener("pointerleave", () => showWord(null));
  texts_.addEventListener("focusout", () => showWord(null));
  texts_.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-f]");
    if (mark) select(byNumber.get(mark.dataset.f.split(" ").find((number) => !byNumber.get(number).hidden)));
  });
  byId("list")?.addEventListener("click", (event) => {
    const card = event.target.closest(".f");
    const choice = event.target.closest("[data-d]");
    if (choice) decide(card, choice.dataset.d);
    else if (event.target.closest(".go, .quotes, .message")) select(card);
  });
  byId("list")?.addEventListener("change", (event) => {
    if (event.target.matches(".comment")) comment(event.target.closest(".f"), event.target.value.trim());
  });
  byId("map")?.addEventListener("click", (event) => {
    const box = byId("map").getBoundingClientRect();
    const row = Math.floor(((event.clientX - box.left) / box.width) * byId("map").viewBox.baseVal.width) + 1;
    byId(`r${row}`)?.scrollIntoView({ block: "start" });
  });
  for (const field of all(".filters input:not([type=file]), #state")) field.addEventListener("input", filter);
  byId("order").addEventListener("input", sort);
  byId("next").addEventListener("click", () => step(1));
  byId("previous").addEventListener("click", () => step(-1));
  for (const button of all("[data-step]")) button.addEventListener("click", () => step(Number(button.dataset.step)));
  byId("export").addEventListener("click", download);
  byId("import").addEventListener("change", (event) => { if (event.target.files[0]) upload(event.target.files[0]); event.target.value = ""; });
  const keys = {
    j: () => step(1), n: () => step(1), k: () => step(-1), p: () => step(-1),
    a: () => current && decide(current, "accept"), r: () => current && decide(current, "reject"),
    i: () => current && decide(current, "intended"),
    "/": () => byId("search").focus(), Escape: () => document.activeElement?.blur(),
  };
  const isTyping = (target) => target.matches("input:not([type=checkbox]):not([type=range]), select, textarea");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target) && event.key !== "Escape") return;
    const sentence = event.target.closest(".s");
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (sentence && by) { event.preventDefault(); stepWord(sentence, by); return; }
    const inList = event.target.closest(".list, .steps");
    const move = inList && { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move) { event.preventDefault(); step(move); return; }
    const action = keys[event.key];
    if (action) { event.preventDefault(); action(); }
  });
  if (matchMedia("(max-width: 1149px)").matches) document.querySelector(".filters").open = false;
  cards.forEach(showDecision);
  filter();
})();
