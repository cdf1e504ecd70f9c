// What the page does beyond being read: filter, step, decide, show linked words.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = (id) => document.getElementById(id);
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  const marks = all("main [data-f]");
  const marksOf = new Map();
  for (const mark of marks) {
    mark.numbers = mark.dataset.f.split(" ");
    for (const number of mark.numbers) marksOf.set(number, [...(marksOf.get(number) || []), mark]);
  }

  // Findings: facts about each, and its card. The cards of a long list wait as text until shown.
  const cardsHere = all(".f");
  const waiting = (document.querySelector(".rest")?.textContent || "").split(/(?=<li class="f )/).slice(1);
  const findings = data.findings.map(([id, kind, severity, weight, confidence, label], i) => ({
    n: String(i + 1), id, kind, severity, weight, confidence, label: label.toLocaleLowerCase(),
    card: cardsHere[i] || null, html: waiting[i - cardsHere.length] || "", text: null,
  }));
  const byNumber = new Map(findings.map((finding) => [finding.n, finding]));
  const cardOf = (finding) => {
    if (!finding.card) {
      const holder = document.createElement("template");
      holder.innerHTML = finding.html; // our own page, escaped when it was written
      finding.card = holder.content.querySelector(".f");
    }
    if (!finding.card.querySelector(".decide")) {
      finding.card.append(byId("decide").content.cloneNode(true));
      finding.card.querySelector(".decide").setAttribute("aria-label", `Decision on finding ${finding.n}`);
      finding.card.querySelector(".comment").setAttribute("aria-label", `Comment on finding ${finding.n}`);
    }
    return finding.card;
  };
  const signs = { lt: "<", gt: ">", amp: "&", "#34": '"', "#39": "'" };
  const textOf = (finding) => {
    finding.text ??= (finding.card ? finding.card.textContent
      : finding.html.replace(/<[^>]*>/g, " ").replace(/&(lt|gt|amp|#34|#39);/g, (_, name) => signs[name])).toLocaleLowerCase();
    return finding.text;
  };
  let current = null;
  const say = (text) => { byId("said").textContent = text; };

  // Decisions: kept in this browser, by finding id, for this pair of files.
  const key = "paraalign.decisions/1:" + data.key;
  let decisions = {};
  try { decisions = JSON.parse(localStorage.getItem(key) || "{}") || {}; } catch { decisions = {}; }
  const keep = () => {
    try { localStorage.setItem(key, JSON.stringify(decisions)); } catch { say("Decisions can't be kept in this browser; export them."); }
  };
  const decisionOf = (finding) => decisions[finding.id]?.decision || "";
  const showDecision = (finding) => {
    const card = cardOf(finding);
    const choice = decisionOf(finding);
    for (const button of all("[data-d]", card)) button.setAttribute("aria-pressed", String(button.dataset.d === choice));
    card.classList.toggle("decided", Boolean(choice));
    card.querySelector(".comment").value = decisions[finding.id]?.comment || "";
  };
  const decide = (finding, choice) => {
    const id = finding.id;
    const entry = { ...decisions[id], decision: choice, date: new Date().toISOString() };
    if (decisionOf(finding) === choice) delete decisions[id]; else decisions[id] = entry;
    keep();
    showDecision(finding);
    filter({ isQuiet: true });
    say(`finding ${finding.n}: ${decisionOf(finding) || "open"}`);
  };
  const comment = (finding, text) => {
    const id = finding.id;
    if (!decisions[id] && !text) return;
    decisions[id] = { decision: "accept", ...decisions[id], comment: text, date: new Date().toISOString() };
    keep();
    showDecision(finding);
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
      filter();
      say(`decisions read from ${file.name}`);
    } catch (error) { say(`${file.name}: ${error.message}`); }
  };

  // Filters. Counts beside kinds and severities follow all the other filters.
  const wanted = () => ({
    kind: new Set(all("[name=kind]:checked").map((box) => box.value)),
    severity: new Set(all("[name=severity]:checked").map((box) => box.value)),
    confidence: Number(byId("confidence").value) / 100,
    clause: byId("clause").value.trim().toLocaleLowerCase(),
    words: byId("search").value.trim().toLocaleLowerCase(),
    state: byId("state").value,
  });
  const isIn = (label, clause) => label.startsWith(clause) && !/^\d/.test(label.slice(clause.length));
  const passes = (finding, want) =>
    finding.confidence >= want.confidence &&
    (!want.clause || isIn(finding.label, want.clause)) &&
    (!want.words || textOf(finding).includes(want.words)) &&
    (!want.state || (decisionOf(finding) || "open") === want.state);
  const orders = {
    text: (a, b) => a.n - b.n,
    severity: (a, b) => b.weight - a.weight || b.confidence - a.confidence || a.n - b.n,
    confidence: (a, b) => b.confidence - a.confidence || a.n - b.n,
  };
  let listed = findings;
  let isListed = new Set(findings);
  const filter = ({ isQuiet = false } = {}) => {
    const want = wanted();
    const counts = {};
    const left = [];
    for (const finding of findings) {
      if (!passes(finding, want)) continue;
      const { kind, severity } = finding;
      if (want.severity.has(severity)) counts[kind] = (counts[kind] || 0) + 1;
      if (want.kind.has(kind)) counts[severity] = (counts[severity] || 0) + 1;
      if (want.kind.has(kind) && want.severity.has(severity)) left.push(finding);
    }
    left.sort(orders[byId("order").value]);
    const isSame = left.length === listed.length && left.every((finding, i) => finding === listed[i]);
    listed = left;
    isListed = new Set(left);
    for (const output of all("[data-count]")) output.textContent = counts[output.dataset.count] || 0;
    for (const mark of marks) mark.classList.toggle("off", !mark.numbers.some((number) => isListed.has(byNumber.get(number))));
    byId("count").textContent = left.length < findings.length ? `${left.length} of ${findings.length} findings` : `${left.length} findings`;
    byId("confidence-shown").textContent = `${byId("confidence").value} %`;
    if (!(isQuiet && isSame)) redraw();
  };

  // The list holds only the cards near what is looked at; it grows as it is scrolled.
  const list = byId("list");
  const STEP = 50;
  let from = 0;
  let to = 0;
  const drawn = (first, last) => listed.slice(first, last).map((finding, i) => {
    const card = cardOf(finding);
    card.setAttribute("aria-posinset", first + i + 1);
    card.setAttribute("aria-setsize", listed.length);
    showDecision(finding);
    return card;
  });
  const redraw = (around = 0) => {
    if (!list) return;
    from = Math.max(0, around - STEP / 2);
    to = Math.min(listed.length, from + 2 * STEP);
    list.replaceChildren(...drawn(from, to));
    if (!around) list.scrollTop = 0;
  };
  const grow = () => {
    if (to < listed.length && list.scrollTop + list.clientHeight > list.scrollHeight - 600) {
      list.append(...drawn(to, Math.min(listed.length, to + STEP)));
      to = Math.min(listed.length, to + STEP);
    }
    if (from > 0 && list.scrollTop < 600) {
      const first = Math.max(0, from - STEP);
      const height = list.scrollHeight;
      list.prepend(...drawn(first, from));
      list.scrollTop += list.scrollHeight - height;
      from = first;
    }
  };
  const bring = (finding) => {
    const place = listed.indexOf(finding);
    if (place < 0) return;
    if (place < from || place >= to) redraw(place);
    if (list.scrollHeight > list.clientHeight) list.scrollTop = cardOf(finding).offsetTop - 8;
  };

  // Going to a finding, or to a clause.
  const select = (finding, { focus = false } = {}) => {
    if (!finding) return;
    current?.card?.classList.remove("current");
    for (const mark of all("main .on")) mark.classList.remove("on");
    current = finding;
    const card = cardOf(finding);
    card.classList.add("current");
    const mine = marksOf.get(finding.n) || [];
    for (const mark of mine) mark.classList.add("on");
    const place = mine[0]?.getBoundingClientRect();
    if (place && (place.top < 90 || place.bottom > innerHeight - 90)) mine[0].scrollIntoView({ block: "center" });
    bring(finding);
    byId("bar").hidden = false;
    byId("bar-text").textContent = `${card.querySelector(".badge").textContent} ${finding.kind}: ${card.querySelector(".message").textContent}`;
    if (focus) card.querySelector(".go").focus({ preventScroll: true });
  };
  const step = (by) => {
    if (!listed.length) return;
    const at = listed.indexOf(current);
    select(listed[at < 0 ? (by > 0 ? 0 : listed.length - 1) : (at + by + listed.length) % listed.length], { focus: true });
  };
  const goToRow = (row) => {
    row?.scrollIntoView({ block: "start" });
    const first = row?.querySelector("[data-f]:not(.off)");
    const finding = first?.numbers.map((number) => byNumber.get(number)).find((each) => isListed.has(each));
    if (finding) bring(finding);
  };

  // Linked words: under the pointer, or moved to with the arrow keys inside a sentence.
  // Of each sentence the start, end and gloss of its words; links as word, sentence, word, score.
  const sides = { s: data.words.source, t: data.words.target };
  const glosses = { s: data.words.sourceGlosses, t: data.words.targetGlosses };
  let linksOf = null;
  const link = (one, other, score) => linksOf.set(one, [...(linksOf.get(one) || []), [other, score]]);
  const readLinks = () => {
    linksOf = new Map();
    for (const [sentence, flat] of data.words.links.entries()) {
      for (let i = 0; i < flat.length; i += 4) {
        const [one, other] = [`s${sentence}/${flat[i]}`, `t${flat[i + 1]}/${flat[i + 2]}`];
        link(one, other, flat[i + 3]);
        link(other, one, flat[i + 3]);
      }
    }
  };
  const wordCalled = (name) => {
    const [id, place] = name.split("/");
    const [start, end, gloss] = sides[id[0]][id.slice(1)].slice(3 * place, 3 * place + 3);
    return { name, id, start, end, gloss: glosses[id[0]][gloss] || "" };
  };
  const wordsIn = (id) => sides[id[0]][id.slice(1)].flatMap((_, i) => (i % 3 ? [] : [wordCalled(`${id}/${i / 3}`)]));
  const linked = (word) => {
    if (!linksOf) readLinks();
    return (linksOf.get(word.name) || []).map(([name, score]) => [wordCalled(name), score]);
  };
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
  const read = (word) => rangeOf(word).toString();
  const tip = byId("tip");
  const told = (word) => [linked(word).map(([other, score]) => `${read(other)} (${score} %)`).join(", ") || "no counterpart", word.gloss];
  const showTip = (word) => {
    const [counterpart, gloss] = told(word);
    const place = rangeOf(word).getClientRects()[0];
    if (!place) return;
    tip.querySelector("b").textContent = `${read(word)} → ${counterpart}`;
    tip.querySelector("span").textContent = gloss && `can mean: ${gloss}`;
    tip.hidden = false;
    const { width, height } = tip.getBoundingClientRect();
    tip.style.left = `${Math.max(4, Math.min(place.left, innerWidth - width - 4))}px`;
    tip.style.top = `${place.top - height - 6 > 0 ? place.top - height - 6 : place.bottom + 6}px`;
  };
  let shownWord = null;
  const showWord = (word) => {
    if (word?.name === shownWord?.name) return;
    shownWord = word;
    tip.hidden = true;
    for (const near of all(".s.near")) near.classList.remove("near");
    if (canPaint) CSS.highlights.clear();
    if (!word) return;
    const links = linked(word);
    showTip(word);
    for (const [other] of links) byId(other.id).classList.add("near");
    if (!canPaint) return;
    const faint = links.filter(([, score]) => score < 50).map(([other]) => rangeOf(other));
    const sure = links.filter(([, score]) => score >= 50).map(([other]) => rangeOf(other));
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
    return wordsIn(sentence.id).find((word) => word.start <= place && place <= word.end) || null;
  };
  const stepWord = (sentence, by) => {
    const own = wordsIn(sentence.id);
    if (!own.length) return;
    const at = own.findIndex((word) => word.name === shownWord?.name);
    showWord(own[at < 0 ? (by > 0 ? 0 : own.length - 1) : (at + by + own.length) % own.length]);
    const [counterpart, gloss] = told(shownWord);
    say(`${read(shownWord)}: ${counterpart}${gloss && `; can mean: ${gloss}`}`);
  };

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
    if (mark) select(mark.numbers.map((number) => byNumber.get(number)).find((finding) => isListed.has(finding)));
    const sentence = event.target.closest(".s");
    if (sentence) showWord(wordAt(sentence, event.clientX, event.clientY)); // where nothing hovers
  });
  const findingAt = (target) => byNumber.get(target.closest(".f").dataset.n);
  list?.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-d]");
    if (choice) decide(findingAt(choice), choice.dataset.d);
    else if (event.target.closest(".go, .quotes, .message")) select(findingAt(event.target));
  });
  list?.addEventListener("change", (event) => {
    if (event.target.matches(".comment")) comment(findingAt(event.target), event.target.value.trim());
  });
  list?.addEventListener("scroll", grow, { passive: true });
  addEventListener("beforeprint", () => list?.replaceChildren(...drawn(0, listed.length)));
  addEventListener("afterprint", () => redraw());
  addEventListener("scroll", () => { tip.hidden = true; }, { passive: true });
  document.querySelector(".top").addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const map = event.target.closest(".map");
    const box = map?.getBoundingClientRect();
    if (!link && !map) return;
    event.preventDefault();
    if (link?.dataset.go) select(byNumber.get(link.dataset.go));
    else goToRow(byId(link ? link.hash.slice(1) : `r${Math.floor(((event.clientX - box.left) / box.width) * map.viewBox.baseVal.width) + 1}`));
  });
  for (const field of all(".filters input:not([type=file]), #state")) field.addEventListener("input", () => filter());
  byId("order").addEventListener("input", () => filter());
  byId("next").addEventListener("click", () => step(1));
  byId("previous").addEventListener("click", () => step(-1));
  for (const button of all("[data-step]")) button.addEventListener("click", () => step(Number(button.dataset.step)));
  byId("export").addEventListener("click", download);
  byId("import").addEventListener("change", (event) => { if (event.target.files[0]) upload(event.target.files[0]); event.target.value = ""; });
  const keys = {
    j: () => step(1), n: () => step(1), k: () => step(-1), p: () => step(-1),
    a: () => current && decide(current, "accept"), r: () => current && decide(current, "reject"),
    i: () => current && decide(current, "intended"),
    "/": () => { document.querySelector(".filters").open = true; byId("search").focus(); },
    Escape: () => { showWord(null); document.activeElement?.blur(); },
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
  filter();
  const linkTo = () => select(byNumber.get(location.hash.match(/^#finding=(\d+)$/)?.[1]));
  addEventListener("hashchange", linkTo);
  linkTo();
})();
