// Sits an exam by itself, as fast as a restless reader, and tells the server everything: each input before and after it
// was made, and what is shown as saved. Opened with `?find`, it only tells what it finds.
const FOREIGN = { theme: "dark", "mondai:1:other:attempt:x": '{"another":"set’s"}', "": "an empty key" };

const tell = (report) => fetch(`/test/told?${encodeURIComponent(JSON.stringify(report))}`);
const fail = (why) => tell({ told: "failed", why: String(why) });
addEventListener("error", (event) => fail(event.message));
addEventListener("unhandledrejection", (event) => fail(event.reason));

const pause = (wait) => new Promise((done) => setTimeout(done, wait));
const until = async (condition) => {
  while (!condition()) await pause(5);
};
const below = (limit) => Math.floor(Math.random() * limit);
const fetched = async (address) => (await fetch(address)).json();

const host = document.querySelector("mondai-quiz");
let root;
const one = (css) => root.querySelector(css);
const records = () => JSON.parse(host.exportData()).records;

// What has been done so far, as it must be found later.
const paper = { position: 0, answers: {} };
// The number of the last input, and of the last one that was told to be saved.
let made = 0;
let saved = -1;

// Looks in a task of its own: by then the screen has taken in what the task before it did.
const look = () =>
  setTimeout(() => {
    if (made === saved || one("[part~=saved]")?.dataset.saved !== "true") return;
    saved = made;
    tell({ told: "saved", input: saved });
  });

// One input: where to click, and how to see that it was taken.
const choose = (question) => {
  const labels = [...root.querySelectorAll("label:has(input)")];
  const number = below(labels.length);
  paper.answers[question.id] = [question.choices[number].id];
  return [labels[number], () => labels[number].querySelector("input").checked];
};
const move = (action, by) => {
  paper.position += by;
  const { position } = paper;
  return [one(`[data-action=${action}]`), () => one("[part~=progress-bar]")?.value === position + 1];
};
const input = (questions) => {
  const chance = Math.random();
  if (chance < 0.6) return choose(questions[paper.position]);
  const is_forward = paper.position === 0 || (chance < 0.85 && paper.position < questions.length - 1);
  return is_forward ? move("next", 1) : move("previous", -1);
};

const widget = async () => {
  await customElements.whenDefined("mondai-quiz");
  await host.ready;
  root = host.shadowRoot;
};

const sit = async () => {
  for (const [key, text] of Object.entries(FOREIGN)) localStorage.setItem(key, text);
  const { questions } = await fetched("set.json");
  await widget();
  if (host.state !== "ready") throw new Error(`a new sitting was expected, and it is ${host.state}`);
  await until(() => one("[data-action=start]"));
  new MutationObserver(look).observe(root, { subtree: true, childList: true, attributeFilter: ["data-saved"] });
  const at = Date.now();
  one("[data-action=start]").click();
  await until(() => one("[part~=prompt]"));
  const [record] = Object.values(records());
  await tell({ told: "started", at, deadline: JSON.parse(record).deadline });
  for (;;) {
    await pause(60 + below(340));
    const [target, is_taken] = input(questions);
    await tell({ told: "announced", input: made + 1, paper });
    const at = Date.now();
    made += 1;
    target.click();
    await pause(0);
    // A page that was not run for two seconds asks first whether it still has the sitting.
    for (let waits = 0; !is_taken(); waits += 1) {
      if (waits === 2_000) throw new Error(`input ${made} was not taken`);
      await pause(5);
    }
    tell({ told: "made", input: made, at });
  }
};

const find = async () => {
  await widget();
  if (host.state === "running") await until(() => one("[part~=timer]"));
  const keys = Object.keys(localStorage);
  tell({
    told: "found",
    state: host.state,
    timer: one("[part~=timer]")?.textContent ?? "",
    at: Date.now(),
    records: Object.values(records()),
    unreadable: keys.filter((key) => key.includes(":unreadable:")),
    gone: Object.keys(FOREIGN).filter((key) => !keys.includes(key)),
    changed: Object.keys(FOREIGN).filter((key) => keys.includes(key) && localStorage.getItem(key) !== FOREIGN[key]),
  });
};

(location.search === "?find" ? find() : sit()).catch(fail);
