// What the page does beyond being read: filter, step, decide, show linked words.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const texts = data.texts;
  const told = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const byId = (id) => document.getElementById(id);
  const all = (query, root = document) => [...root.querySelectorAll(query)];
  // Findings: facts about each, and its card. The cards of a long list wait as text until shown.
  const cardsHere = all(".f");
  const waiting = (document.querySelector(".rest")?.textContent || "").split(/(?=<li class="f )/).slice(1);
  const findings = data.findings.map(([id, kind, severity, weight, confidence, label, row], i) => ({
    n: String(i + 1), id, kind, severity, weight, confidence, row, label: label.toLocaleLowerCase(),
    card: cardsHere[i] || null, html: waiting[i - cardsHere.length] || "", text: null, isOff: false, marks: [],
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
      finding.card.querySelector(".decide").setAttribute("aria-label", told(texts.decision_on, { number: finding.n }));
      finding.card.querySelector(".comment").setAttribute("aria-label", told(texts.comment_on, { number: finding.n }));
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

  // Rows: those of a long text wait as text, a chunk at a time, until they are gone to or the page
  // has nothing else to do. A filter turns off the marks of what it leaves out.
  const showMark = (mark) => mark.classList.toggle("off", mark.findings.every((finding) => finding.isOff));
  const readMarks = (root) => {
    for (const mark of all("[data-f]", root)) {
      mark.findings = mark.dataset.f.split(" ").map((number) => byNumber.get(number));
      for (const finding of mark.findings) finding.marks.push(mark);
      showMark(mark);
    }
  };
  const chunks = all("main .chunk");
  const fill = (chunk) => {
    const held = chunk?.querySelector("noscript");
    if (!held) return;
    chunk.innerHTML = held.textContent; // our own page, escaped when it was written
    chunk.style.minHeight = "";
    readMarks(chunk);
  };
  const rowAt = (number) => {
    const place = Math.floor((number - 1 - data.listed) / data.chunk);
    for (const near of [place - 1, place, place + 1]) fill(chunks[near]);
    return byId(`r${number}`);
  };
  const waitingChunks = [...chunks];
  const later = globalThis.requestIdleCallback || ((task) => setTimeout(() => task({ timeRemaining: () => 10 }), 30));
  const fillLater = () => later((deadline) => {
    do fill(waitingChunks.shift()); while (waitingChunks.length && deadline.timeRemaining() > 10);
    if (waitingChunks.length) fillLater();
  });
  const fillAll = () => { while (waitingChunks.length) fill(waitingChunks.shift()); };
  const sentenceCalled = (id) => {
    if (!byId(id)) fillAll();
    return byId(id);
  };
  const whenNear = new IntersectionObserver((seen) => {
    for (const { target } of seen.filter((each) => each.isIntersecting)) fill(target);
  }, { rootMargin: "800px" });
  for (const chunk of chunks) {
    chunk.style.minHeight = `${data.chunk * 5}rem`;
    whenNear.observe(chunk);
  }
  const say = (text) => { byId("said").textContent = text; };

  // Decisions: kept in this browser, by finding id, for this pair of files.
  const key = "paraalign.decisions/1:" + data.key;
  let decisions = {};
  try { decisions = JSON.parse(localStorage.getItem(key) || "{}") || {}; } catch { decisions = {}; }
  const keep = () => {
    try { localStorage.setItem(key, JSON.stringify(decisions)); } catch { say(texts.not_kept); }
  };
  const states = { "": texts.is_open, accept: texts.is_accepted, reject: texts.is_rejected, intended: texts.is_intended };
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
    say(told(texts.decided, { number: finding.n, decision: states[decisionOf(finding)] }));
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
      if (read.schema !== "paraalign.decisions/1" || typeof read.decisions !== "object") throw new Error(texts.no_decisions);
      decisions = { ...decisions, ...read.decisions };
      keep();
      filter();
      say(told(texts.decisions_read, { file: file.name }));
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
  const allOf = byId("count").textContent;
  const number = (value) => value.toLocaleString(document.documentElement.lang);
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
    for (const finding of findings) {
      if (finding.isOff !== isListed.has(finding)) continue;
      finding.isOff = !finding.isOff;
      finding.marks.forEach(showMark);
    }
    byId("count").textContent = left.length < findings.length ? told(texts.some_of, { shown: number(left.length), count: number(findings.length) }) : allOf;
    byId("confidence-shown").textContent = (byId("confidence").value / 100).toLocaleString(document.documentElement.lang, { style: "percent" });
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

  // Going to a finding, or to a clause. Rows far away have no height yet: where one lands is looked at
  // again once they were drawn.
  const goTo = (element, block, tries = 8) => {
    const { top, bottom } = element.getBoundingClientRect();
    const isFar = Math.abs(top) > 3 * innerHeight || tries < 8;
    if (top < 60 || bottom > innerHeight - 60) element.scrollIntoView({ block, behavior: isFar ? "instant" : "auto" });
    if (isFar && tries) requestAnimationFrame(() => goTo(element, block, tries - 1));
  };
  const select = (finding, { focus = false } = {}) => {
    if (!finding) return;
    current?.card?.classList.remove("current");
    for (const mark of current?.marks || []) mark.classList.remove("on");
    current = finding;
    const card = cardOf(finding);
    card.classList.add("current");
    if (finding.row) rowAt(finding.row);
    const mine = finding.marks;
    for (const mark of mine) mark.classList.add("on");
    if (mine.length) goTo(mine[0], "center");
    bring(finding);
    byId("bar").hidden = false;
    byId("bar-text").textContent = `${card.querySelector(".badge").textContent} ${card.querySelector(".what").textContent}: ${card.querySelector(".message").textContent}`;
    if (focus) card.querySelector(".go").focus({ preventScroll: true });
  };
  const step = (by) => {
    if (!listed.length) return;
    const at = listed.indexOf(current);
    select(listed[at < 0 ? (by > 0 ? 0 : listed.length - 1) : (at + by + listed.length) % listed.length], { focus: true });
  };
  const goToRow = (row) => {
    if (row) goTo(row, "start");
    const first = row?.querySelector("[data-f]:not(.off)");
    const finding = first?.findings.find((each) => isListed.has(each));
    if (finding) bring(finding);
  };

  // Linked words: under the pointer, or moved to with the arrow keys inside a sentence.
  // Of each sentence three numbers a word: from the end of the word before, length, gloss; four a
  // link: word, target sentence from that of the link before, word of that, score. Read when needed.
  let held = null;
  const words = () => (held ??= JSON.parse(byId("words").textContent));
  const wordsIn = (id) => {
    const isSource = id[0] === "s";
    const numbers = words()[isSource ? "source" : "target"][id.slice(1)];
    const glosses = words()[isSource ? "sourceGlosses" : "targetGlosses"];
    const found = [];
    for (let i = 0, end = 0; i < numbers.length; i += 3) {
      const start = end + numbers[i];
      end = start + numbers[i + 1];
      found.push({ name: `${id}/${i / 3}`, id, place: i / 3, start, end, gloss: glosses[numbers[i + 2]] || "" });
    }
    return found;
  };
  const linksIn = (sentence) => {
    const numbers = words().links[sentence];
    const found = [];
    for (let i = 0, other = sentence; i < numbers.length; i += 4) {
      other += numbers[i + 1];
      found.push({ word: numbers[i], other, place: numbers[i + 2], score: numbers[i + 3] });
    }
    return found;
  };
  let linkedTo = null; // the source sentences of each target sentence
  const sourcesOf = (sentence) => {
    if (!linkedTo) {
      linkedTo = words().target.map(() => new Set());
      words().links.forEach((_, source) => { for (const { other } of linksIn(source)) linkedTo[other].add(source); });
    }
    return [...linkedTo[sentence]];
  };
  const linked = (word) => {
    const sentence = Number(word.id.slice(1));
    if (word.id[0] === "s") {
      return linksIn(sentence).filter((link) => link.word === word.place)
        .map((link) => [wordsIn(`t${link.other}`)[link.place], link.score]);
    }
    return sourcesOf(sentence).flatMap((source) => linksIn(source)
      .filter((link) => link.other === sentence && link.place === word.place)
      .map((link) => [wordsIn(`s${source}`)[link.word], link.score]));
  };
  const canPaint = typeof Highlight === "function" && CSS.highlights;
  if (canPaint) {
    const sheet = new CSSStyleSheet(); // here, since validators of style sheets don't know highlights
    sheet.replaceSync(`::highlight(word), ::highlight(word-faint) { background-color: var(--word); color: var(--word-ink); }
      ::highlight(word-faint) { text-decoration: underline dotted; }`);
    document.adoptedStyleSheets = [sheet];
  }
  const rangeOf = (word) => {
    const walk = document.createTreeWalker(sentenceCalled(word.id), NodeFilter.SHOW_TEXT);
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
  const meant = (word) => [linked(word).map(([other, score]) => `${read(other)} (${score} %)`).join(", ") || texts.no_counterpart, word.gloss];
  const showTip = (word) => {
    const [counterpart, gloss] = meant(word);
    const place = rangeOf(word).getClientRects()[0];
    if (!place) return;
    tip.querySelector("b").textContent = `${read(word)} → ${counterpart}`;
    tip.querySelector("span").textContent = gloss && told(texts.meanings, { meanings: gloss });
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
    for (const [other] of links) sentenceCalled(other.id).classList.add("near");
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
    const [counterpart, gloss] = meant(shownWord);
    say(`${read(shownWord)}: ${counterpart}${gloss && `; ${told(texts.meanings, { meanings: gloss })}`}`);
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
    if (mark) select(mark.findings.find((finding) => isListed.has(finding)));
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
  addEventListener("beforeprint", () => { fillAll(); list?.replaceChildren(...drawn(0, listed.length)); });
  addEventListener("afterprint", () => redraw());
  addEventListener("scroll", () => { tip.hidden = true; }, { passive: true });
  document.querySelector(".top").addEventListener("click", (event) => {
    const link = event.target.closest("a");
    const map = event.target.closest(".map");
    const box = map?.getBoundingClientRect();
    if (!link && !map) return;
    event.preventDefault();
    if (link?.dataset.go) select(byNumber.get(link.dataset.go));
    else goToRow(rowAt(link ? Number(link.hash.slice(2)) : Math.floor(((event.clientX - box.left) / box.width) * map.dataset.rows) + 1));
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
  readMarks(byId("texts"));
  filter();
  const linkTo = () => {
    const [, name, number] = location.hash.match(/^#(finding=|r)(\d+)$/) || [];
    if (name === "r") goToRow(rowAt(Number(number)));
    else select(byNumber.get(number));
  };
  addEventListener("hashchange", linkTo);
  linkTo();
  if (chunks.length) fillLater();
})();
