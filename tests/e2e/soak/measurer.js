// Goes through a quiz by itself, and tells how long the longest task of each step was. Chromium says it of tasks above 50 ms;
// shorter ones, and those of other engines, are the gaps between two messages that the page sends to itself.
const tasks = [];
try {
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
} catch {
  // This engine does not tell.
}
const isTold = PerformanceObserver.supportedEntryTypes.includes("longtask");
let gap = 0;
let last = performance.now();
const { port1, port2 } = new MessageChannel();
port1.onmessage = () => {
  const now = performance.now();
  gap = Math.max(gap, now - last);
  last = now;
  port2.postMessage(0);
};
port2.postMessage(0);

const host = document.querySelector("mondai-quiz");
const one = (css) => host.shadowRoot?.querySelector(css) ?? null;
const frame = () => new Promise((done) => requestAnimationFrame(() => done()));
const pause = (wait) => new Promise((done) => setTimeout(done, wait));

// Nothing was drawn for two frames and 40 ms, and no list is on its way.
const settled = async () => {
  let changed = true;
  const watching = new MutationObserver(() => (changed = true));
  watching.observe(host.shadowRoot, { subtree: true, childList: true, attributes: true, characterData: true });
  while (changed || one("[data-drawing]")) {
    changed = false;
    await frame();
    await frame();
    await pause(40);
  }
  watching.disconnect();
};

// Does something, waits until nothing changes any more, and gives the longest task.
const measured = async (act, condition) => {
  await settled();
  await pause(0);
  tasks.length = 0;
  gap = 0;
  last = performance.now();
  act();
  while (!condition()) await pause(5);
  await settled();
  await pause(0);
  return [Math.round(Math.max(0, ...tasks)), Math.round(gap)];
};

const screen = () => one("[data-screen]")?.dataset.screen;
// A question that is alone has no bar that says where it stands.
const position = () => (screen() === "question" && one("[part~=prompt]") ? (one("[part~=progress-bar]")?.value ?? 1) : 0);
const press = (action) => () => one(`button[data-action=${action}]`).click();

const STEPS = {
  start: () => measured(press("start"), () => position() === 1),
  next: () => {
    const before = position();
    return measured(press("next"), () => position() === before + 1);
  },
  choose: () => measured(() => one("label:has(input)").click(), () => one("input:checked")),
  check: () => measured(press("check"), () => one("[part~=feedback] , [part~=nudge]:not(:empty)")),
  list: () => measured(() => one("[part=questions] summary").click(), () => one("[part~=palette-item]")),
  review: () => measured(press("review"), () => screen() === "review" && one("[part~=palette-item]")),
  flagged: () => measured(press("show-flagged"), () => one("[data-action=show-flagged][aria-pressed=true]")),
  all: () => measured(press("show-all"), () => one("[data-action=show-all][aria-pressed=true]")),
  submit: () => measured(press("submit"), () => screen() === "results" && one("[part~=score]")),
  answers: () => measured(press("answers"), () => screen() === "answers" && one("[part~=answer]")),
  wrong: () => measured(press("show-wrong"), () => one("[data-action=show-wrong]")),
  domain: () => {
    const change = () => {
      const list = one("[part=filter-domain]");
      list.value = "1";
      list.dispatchEvent(new Event("change"));
    };
    return measured(change, () => true);
  },
  results: () => measured(press("results"), () => screen() === "results" && one("[part~=score]")),
  history: () => measured(press("history"), () => screen() === "history" && one("[data-action=close-history]")),
};

// The steps one after the other; each gives its longest task, and what the engine does not tell is the gap.
window.measure = async (steps) => {
  await customElements.whenDefined("mondai-quiz");
  await host.ready;
  const found = [];
  for (const step of steps) {
    const [task, between] = await STEPS[step]();
    found.push([isTold ? task : between, between]);
  }
  return found;
};
