// Makes results by itself, deletes in one of several ways, and tells the server when it is said that it was done. Opened with
// `?find`, it only tells what it finds.
const tell = (report) => fetch(`/test/told?${encodeURIComponent(JSON.stringify(report))}`);
const fail = (why) => tell({ told: "failed", why: String(why) });
addEventListener("error", (event) => fail(event.message));
addEventListener("unhandledrejection", (event) => fail(event.reason));

const pause = (wait) => new Promise((done) => setTimeout(done, wait));
const until = async (condition) => {
  while (!condition()) await pause(1);
};
// Until localStorage is on disk with what is to be deleted; Chromium and Firefox write it five seconds later.
const ON_DISK = 6500;

const host = document.querySelector("mondai-quiz");
const query = new URLSearchParams(location.search);
let root;
const one = (css) => root.querySelector(css);
const attempts = () => host.attempts().map(({ id }) => id);
const press = async (css) => {
  await until(() => one(css));
  one(css).click();
};
const isSaved = () => one("[part~=saved]")?.dataset.saved === "true";

const sit = async () => {
  host.start();
  await until(() => one("[part~=prompt]") && isSaved());
};
const finish = async () => {
  await sit();
  host.submit();
  await until(() => one("[part~=score]"));
};

const deleteOne = async () => {
  await press("[data-action=history]");
  await press("tr[data-attempt] [data-action=delete]");
  const row = one("tr[data-attempt]");
  const gone = row.dataset.attempt;
  row.querySelector("[data-action=delete-yes]").click();
  await until(() => !one(`[data-attempt="${gone}"]`));
  return [gone];
};
const deleteAll = async () => {
  const gone = attempts();
  await press("[data-action=history]");
  await press("[part~=data] [data-action=delete]");
  one("[part~=data] [data-action=delete-yes]").click();
  await until(() => [...root.querySelectorAll("[role=status] [part~=notice]")].some((said) => said.textContent.includes("was deleted")));
  return gone;
};
// What was deleted is said by the page that comes then, in the task of the deletion itself.
const reload = (gone) => location.replace(`?said=${gone.join(",")}`);

const deletions = {
  one: async () => tell({ told: "deleted", gone: await deleteOne() }),
  one_reloaded: async () => reload(await deleteOne()),
  all: async () => tell({ told: "deleted", gone: await deleteAll() }),
  all_reloaded: async () => reload(await deleteAll()),
  reset: async () => {
    const [gone] = attempts();
    host.reset();
    reload([gone]);
  },
};

const run = async () => {
  await customElements.whenDefined("mondai-quiz");
  await host.ready;
  root = host.shadowRoot;
  const kind = query.get("do");
  if (kind) {
    await finish();
    await finish();
    if (kind === "reset") await sit();
    await pause(ON_DISK);
    await tell({ told: "made", attempts: attempts() });
    await deletions[kind]();
  } else if (query.has("said")) {
    const gone = query.get("said").split(",");
    const isBack = attempts().some((id) => gone.includes(id));
    if (isBack) throw new Error("it is back before anything was killed");
    await tell({ told: "deleted", gone });
  } else {
    const unreadable = Object.keys(localStorage).filter((key) => key.includes(":unreadable:"));
    await tell({ told: "left", state: host.state, attempts: attempts(), unreadable });
  }
};
run().catch(fail);
