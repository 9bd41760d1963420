// <mondai-quiz>: defines the element at once and starts the Wasm when the quiz comes near the screen.
// All about quizzes is in the Wasm; here is only what a custom element must do in JavaScript.

const METHODS = ["start", "pause", "resume", "submit", "reset"];
// What the widget reads when it starts; a change starts it anew.
const READ = ["src", "form", "count", "domain", "time-limit", "lang", "seed", "storage"];
// The build writes the same mark into all files of a release. Files of two must not run together.
const RELEASE = "@release@";
const OTHER = "other-release";
const TOO_OLD = "browser-not-supported";
const BLOCKED = "webassembly-blocked";
const words = (element) =>
  (element.closest("[lang]")?.lang ?? "").startsWith("ja")
    ? {
        loading: "読み込み中…",
        again: "再試行",
        "not-loaded": "この問題を読み込めませんでした。接続を確認して、もう一度お試しください。",
        [OTHER]: "サイトが更新されました。ページを再読み込みしてください。解答は失われていません。",
        [TOO_OLD]: "お使いのブラウザーでは、この問題を表示できません。新しいブラウザーでお試しください。",
        [BLOCKED]: "ブラウザーの設定（ロックダウンモードなど）またはこのサイトのポリシーにより、この問題を実行できません。",
      }
    : {
        loading: "Loading…",
        again: "Try again",
        "not-loaded": "The quiz could not be loaded. Check your connection and try again.",
        [OTHER]: "The site was updated. Reload the page. Your answers are kept.",
        [TOO_OLD]: "This browser cannot show the quiz. Try a newer one.",
        [BLOCKED]: "A setting of this browser (such as Lockdown Mode) or a policy of this site does not let the quiz run.",
      };

// Shown until the Wasm brings its own sheet. The height is that of the start screen, so that nothing jumps.
let sheets = [];
try {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`:host{display:block}
:host([hidden]),[hidden]{display:none!important}
[part~=fallback]{box-sizing:border-box;min-height:var(--mondai-min-height,21rem);padding:1.5rem;border:1px solid color-mix(in srgb,currentColor 18%,transparent);border-radius:.875rem}
[part~=failed]{min-height:0}
[part~=failed]>[part=loading]{display:none}
[part~=error]{margin:0 0 1rem}
[part~=again]{font:inherit;min-height:44px;margin:0 0 1rem;padding:0 1.25rem}
[part~=loading]{opacity:.75;margin:0 0 1rem}`);
  sheets = [sheet];
} catch {
  // A browser without constructed sheets: it is told when the quiz would start.
}

// The largest file that is read, in bytes, and how long it may be silent, and take in all, in milliseconds.
const LARGEST = 2 << 20;
const SILENCE = 2e4;
const PATIENCE = 12e4;
// The text of a file; of one that is too large, the beginning, which is too large as well. Rejects with the status of an
// answer that is an error, with "late" where none came in time, and with an error where the browser gives no reason.
const read = async (address, signal) => {
  const control = new AbortController();
  signal.addEventListener("abort", () => control.abort());
  let silence, isLate;
  const stop = () => (isLate = true) && control.abort();
  const wait = () => {
    clearTimeout(silence);
    silence = setTimeout(stop, SILENCE);
  };
  const end = setTimeout(stop, PATIENCE);
  try {
    wait();
    const response = await fetch(address, { signal: control.signal });
    if (!response.ok) throw String(response.status);
    const parts = [];
    const stream = response.body.getReader();
    for (let size = 0; size <= LARGEST; ) {
      wait();
      const { done, value } = await stream.read();
      if (done) break;
      size += value.length;
      parts.push(value);
    }
    return await new Blob(parts).text();
  } catch (error) {
    throw isLate ? "late" : error;
  } finally {
    clearTimeout(silence);
    clearTimeout(end);
    control.abort();
  }
};

// Keys that a control uses itself. The page must not take them for its own: what it hears of them seems to come from the
// element, so it cannot know that somebody is typing.
const isUsed = ({ key, target, ctrlKey, metaKey, altKey, isComposing }) => {
  const isField = target.matches("textarea,input:not([type=radio],[type=checkbox],[type=file])");
  const moves = /^(Backspace|Delete|Home|End|Arrow.*)$/.test(key);
  if (isComposing || (isField && (moves || key === "Process"))) return true;
  if (ctrlKey || metaKey || (altKey && !isField)) return false;
  if (moves) return target.matches("input,select,[tabindex='0']") || !!target.closest("[part=order-item]");
  if (key === " " || key === "Enter") return target.matches("input,select,textarea,button,a,summary");
  return key.length === 1 && (isField || target.matches("select"));
};

// Sees to it that what has the focus is not below something that lies over the page, such as a header that sticks.
const uncover = (host, target) => {
  // It may have gone since.
  if (!target.isConnected) return;
  const at = (y) => {
    const over = host.getRootNode().elementFromPoint(target.getBoundingClientRect().left + 1, y);
    return over && !over.contains(host) && over;
  };
  const box = () => target.getBoundingClientRect();
  // A page may scroll smoothly; where it will be has to be known now. What is in view already stays where it is.
  if (box().top < 0 || box().top > innerHeight) target.scrollIntoView({ block: "nearest", behavior: "instant" });
  const over = at(box().top + 1);
  if (over) {
    target.style.scrollMarginTop = over.getBoundingClientRect().bottom + 8 + "px";
    target.scrollIntoView({ block: "start", behavior: "instant" });
    target.style.scrollMarginTop = "";
  } else if (box().height < innerHeight / 2 && at(box().bottom - 1)) {
    target.scrollIntoView({ block: "center", behavior: "instant" });
  }
};

const at = (file) => new URL(file, import.meta.url);
let started;
// One download for all quizzes of a page; after a failure the next quiz tries again.
const load = () =>
  (started ??= Promise.all([import("./mondai.js"), import("./__wasm_split.js")])
    .then(async ([module, parts]) => {
      if (module.release !== RELEASE || parts.release !== RELEASE) throw Object.assign(new Error(OTHER), { code: OTHER });
      await module.default({ module_or_path: await parts.compiled(fetch(at("mondai_bg.wasm"))) });
      return module;
    })
    .catch((error) => {
      started = undefined;
      // A copy that the browser kept may be the old one; the next load of the page shall find the new.
      if (error.code === OTHER)
        for (const file of ["mondai-quiz.js", "mondai.js", "__wasm_split.js"]) fetch(at(file), { cache: "reload" }).catch(() => {});
      throw error;
    }));

class MondaiQuiz extends HTMLElement {
  static observedAttributes = READ;
  #root = this.attachShadow({ mode: "open" });
  #handle;
  #observer;
  #state = "loading";
  #run = 0;
  #settle;
  #isPending = false;
  #isMounting = false;
  // What addresses are relative to: the page as it was when the element came into it.
  #base;

  constructor() {
    super();
    const root = this.#root;
    if (sheets[0]) root.adoptedStyleSheets = sheets;
    this.#renew();
    for (const name of ["keydown", "keypress", "keyup"])
      root.addEventListener(name, (event) => isUsed(event) && event.stopPropagation());
    root.addEventListener("focusin", ({ target }) => {
      if (target.matches("[tabindex='-1'],:focus-visible")) requestAnimationFrame(() => uncover(this, target));
    });
    root.addEventListener("click", ({ target }) => {
      if (!target.closest("[data-action=again]")) return;
      this.#unmount();
      this.#mount();
    });
    this.addEventListener("mondai-ready", (event) => event.target === this && this.#settle[0](this));
    this.addEventListener("mondai-error", (event) => {
      if (event.target === this && this.#handle?.state === "error") this.#settle[1](new Error(event.detail.message));
    });
  }

  // Resolves with the element when the quiz can be used; rejects when it cannot.
  ready;

  get state() {
    return this.#handle?.state ?? this.#state;
  }

  connectedCallback() {
    // Moved, not new: what runs goes on.
    if (this.#handle || this.#observer || this.#isMounting) return;
    this.#base = document.baseURI;
    this.#show("loading");
    if (this.getAttribute("loading") === "eager") return void this.#mount();
    // "Near" is one screen away.
    this.#observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && this.#mount(),
      { rootMargin: "100% 0px" },
    );
    // Not the element: that has no box where the page says `display: contents`.
    this.#observer.observe(this.#root.firstChild);
  }

  disconnectedCallback() {
    queueMicrotask(() => this.isConnected || this.#unmount());
  }

  attributeChangedCallback(name, before, now) {
    if ((!this.#handle && this.#state !== "error") || before === now) return;
    const run = this.#run;
    if (name === "src") this.#base = document.baseURI;
    // Several attributes set in one go start it once.
    queueMicrotask(() => {
      if (run !== this.#run || !this.isConnected) return;
      this.#unmount();
      this.#mount();
    });
  }

  async #mount() {
    this.#observer?.disconnect();
    this.#observer = undefined;
    const run = ++this.#run;
    this.#state = "loading";
    this.#isMounting = true;
    this.#renew();
    try {
      if (!sheets[0]) throw Object.assign(new Error("no constructed style sheets"), { code: TOO_OLD });
      if (!globalThis.WebAssembly) throw Object.assign(new Error("no WebAssembly"), { code: BLOCKED });
      this.#show("loading");
      const module = await load();
      if (run === this.#run && this.isConnected) this.#handle = module.mount(this, this.#root, this.#base, read);
    } catch (error) {
      if (run === this.#run) this.#fail(error);
    } finally {
      if (run === this.#run) this.#isMounting = false;
    }
  }

  #unmount() {
    this.#run++;
    this.#observer?.disconnect();
    this.#observer = undefined;
    if (this.#handle) {
      this.#handle.free();
      this.#handle = undefined;
    }
    this.#isMounting = false;
    this.#state = "loading";
    this.#renew();
  }

  // A new promise once the last one is settled; whoever waits, goes on waiting.
  #renew() {
    if (this.#isPending) return;
    this.#isPending = true;
    this.ready = new Promise((...settle) => {
      this.#settle = settle.map((settle) => (value) => {
        this.#isPending = false;
        settle(value);
      });
    });
    // Not everybody waits for it; a failure is told by `mondai-error` anyway.
    this.ready.catch(() => {});
  }

  #fail(error) {
    // Engines agree neither on the kind of this error nor on its words, but all name what forbids it.
    const isForbidden = /unsafe-eval|\bCSP\b|Content Security/.test(error?.message);
    const code = isForbidden ? BLOCKED : [OTHER, TOO_OLD, BLOCKED].find((code) => code === error?.code) ?? "not-loaded";
    const message = words(this)[code];
    this.#state = "error";
    this.#show(code);
    const detail = { version: 1, code, message: `${message} (${error?.message ?? error})`, problems: [] };
    this.#settle[1](new Error(detail.message));
    this.dispatchEvent(new CustomEvent("mondai-error", { bubbles: true, composed: true, detail }));
  }

  // The author's fallback, with a line above it; where that may help, a button to try again.
  #show(word) {
    const isError = word !== "loading";
    const make = (name, part, text) => {
      const made = document.createElement(name);
      made.setAttribute("part", part);
      made.textContent = text;
      return made;
    };
    const box = make("div", isError ? "fallback failed" : "fallback", "");
    const line = make("p", isError ? "error" : "loading", words(this)[word]);
    line.setAttribute("role", isError ? "alert" : "status");
    // On a page that is written from right to left, the full stop would be on the wrong side.
    line.dir = "ltr";
    box.append(line);
    if (word === "not-loaded") {
      const again = make("button", "again", words(this).again);
      again.setAttribute("data-action", "again");
      box.append(again);
    }
    box.append(document.createElement("slot"));
    this.#root.replaceChildren(box);
  }

  async #method(name) {
    if (!this.#handle && this.isConnected) await this.#mount();
    await this.ready;
    this.#handle[name]();
  }

  attempts() {
    return this.#handle?.attempts() ?? [];
  }

  exportData() {
    return this.#loaded().exportData();
  }

  importData(json) {
    return this.#loaded().importData(typeof json === "string" ? json : JSON.stringify(json));
  }

  #loaded() {
    if (!this.#handle) throw new Error("The quiz is not loaded yet: await the element's `ready` first.");
    return this.#handle;
  }

  static {
    for (const name of METHODS) {
      this.prototype[name] = function () {
        // Once it is loaded, at once; before, as soon as it is.
        if (this.#handle && this.#handle.state !== "loading") this.#handle[name]();
        else this.#method(name).catch(() => {});
      };
    }
  }
}

// A page may bring the script twice.
customElements.get("mondai-quiz") ?? customElements.define("mondai-quiz", MondaiQuiz);
