// <mondai-quiz>: defines the element at once and starts the Wasm when the quiz comes near the screen.
// All about quizzes is in the Wasm; here is only what a custom element must do in JavaScript.

const METHODS = ["start", "pause", "resume", "submit", "reset"];
// What the widget reads when it starts; a change starts it anew.
const READ = ["src", "form", "count", "domain", "time-limit", "lang", "seed", "storage"];
const words = (element) =>
  (element.closest("[lang]")?.lang ?? "").startsWith("ja")
    ? ["読み込み中…", "この問題を読み込めませんでした。接続を確認して、ページを再読み込みしてください。"]
    : ["Loading…", "The quiz could not be loaded. Check your connection and reload the page."];

// Shown until the Wasm brings its own sheet. The height is that of the start screen, so that nothing jumps.
const sheet = new CSSStyleSheet();
sheet.replaceSync(`:host{display:block}
:host([hidden]),[hidden]{display:none!important}
[part~=fallback]{box-sizing:border-box;min-height:var(--mondai-min-height,21rem);padding:1.5rem;border:1px solid color-mix(in srgb,currentColor 18%,transparent);border-radius:.875rem}
[part~=failed]{min-height:0}
[part~=error]{margin:0 0 1rem}
[part~=loading]{opacity:.75;margin:0 0 1rem}`);

let started;
// One download for all quizzes of a page; after a failure the next quiz tries again.
const load = () =>
  (started ??= import("./mondai.js")
    .then(async (module) => {
      await module.default({ module_or_path: new URL("mondai_bg.wasm", import.meta.url) });
      return module;
    })
    .catch((error) => {
      started = undefined;
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

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [sheet];
    this.#renew();
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
    this.#show(words(this)[0], "loading");
    if (this.getAttribute("loading") === "eager") return void this.#mount();
    // "Near" is one screen away.
    this.#observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && this.#mount(),
      { rootMargin: "100% 0px" },
    );
    this.#observer.observe(this);
  }

  disconnectedCallback() {
    queueMicrotask(() => this.isConnected || this.#unmount());
  }

  attributeChangedCallback(name, before, now) {
    if ((!this.#handle && this.#state !== "error") || before === now) return;
    const run = this.#run;
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
      const module = await load();
      if (run === this.#run && this.isConnected) {
        this.#show();
        this.#handle = module.mount(this, this.#root);
      }
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
    const message = words(this)[1];
    this.#state = "error";
    this.#show(message, "error");
    const detail = { version: 1, code: "not-loaded", message: `${message} (${error?.message ?? error})`, problems: [] };
    this.#settle[1](new Error(detail.message));
    this.dispatchEvent(new CustomEvent("mondai-error", { bubbles: true, composed: true, detail }));
  }

  // The author's fallback, with a line above it.
  #show(line, part) {
    const box = document.createElement("div");
    box.setAttribute("part", part === "error" ? "fallback failed" : "fallback");
    if (line) {
      const text = document.createElement("p");
      text.setAttribute("part", part);
      text.setAttribute("role", part === "error" ? "alert" : "status");
      text.textContent = line;
      box.append(text);
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
