// One of two pages of a sitting. The first starts an exam, answers, and is then stopped from outside, or busy; the second, opened with
// `?second`, goes on with it, answers, notes, sees the end at the deadline, and tells what is there once the first one has woken.
const tell = (report) => fetch(`/test/told?${encodeURIComponent(JSON.stringify(report))}`);
const fail = (why) => tell({ told: "failed", why: String(why) });
addEventListener("error", (event) => fail(event.message));
addEventListener("unhandledrejection", (event) => fail(event.reason));
addEventListener("mondai-finished", (event) => tell({ told: "ended", seen: event.detail.percent }));

const pause = (wait) => new Promise((done) => setTimeout(done, wait));
const until = async (condition) => {
  while (!condition()) await pause(5);
};

const host = document.querySelector("mondai-quiz");
await customElements.whenDefined("mondai-quiz");
await host.ready;
const root = host.shadowRoot;
const one = (css) => root.querySelector(css);
const records = () => Object.entries(JSON.parse(host.exportData()).records).filter(([key]) => key.includes(":attempt:"));
const isSaved = () => one("[part~=saved]")?.dataset.saved === "true";
const choose = async (choice) => {
  const input = () => one(`input[value=${choice}]`);
  while (!input().checked) {
    input().click();
    await pause(700);
  }
  await until(isSaved);
};

const journal = () =>
  new Promise((done, failed) => {
    const opening = indexedDB.open("mondai:1");
    opening.onerror = () => failed("no journal");
    opening.onsuccess = () => {
      const [[key]] = records();
      const found = opening.result.transaction("records").objectStore("records").get(key);
      found.onsuccess = () => done(found.result);
    };
  });

if (location.search === "?second") {
  await until(() => one("[part~=elsewhere]"));
  await until(() => {
    one("[data-action=take-over]")?.click();
    return !one("[part~=elsewhere]") && !one("[data-screen] [inert]");
  });
  await choose("q0c1");
  const note = one("textarea");
  note.closest("details")?.setAttribute("open", "");
  note.value = "kept";
  note.dispatchEvent(new Event("input", { bubbles: true }));
  await pause(100);
  await until(isSaved);
  tell({ told: "went_on" });
  await until(() => host.state === "finished");
  tell({ told: "over" });
  await fetch("/test/again");
  await pause(1500);
  const found = [localStorage.getItem(records()[0][0]), await journal()];
  tell({ told: "left", records: found });
} else {
  await until(() => one("[data-action=start]"));
  host.start();
  await until(() => one("[part~=prompt]"));
  await choose("q0c0");
  setInterval(() => fetch("/test/alive"), 50);
  await tell({ told: "began" });
  if (location.search === "?busy") {
    // Past the end of the exam, which began before.
    for (const end = Date.now() + 21000; Date.now() < end; );
  }
}
