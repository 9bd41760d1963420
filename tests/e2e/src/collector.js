// Writes down what happens in a page, from its first moment: errors, warnings, violations of the policy, what the widget
// tells, and which timers wait. A classic script, so that it runs before every module.
(() => {
  const collected = { errors: [], warnings: [], violations: [], events: [], shifts: 0 };
  const timers = new Set();
  Object.defineProperty(window, "__collected", { value: collected });
  Object.defineProperty(window, "__timers", { get: () => timers.size });

  const words = (value) => {
    if (value instanceof Error) return `${value.name}: ${value.message}\n${value.stack}`;
    if (typeof value === "object" && value !== null) {
      try {
        return JSON.stringify(value);
      } catch {
        return String(value);
      }
    }
    return String(value);
  };

  addEventListener(
    "error",
    (event) => {
      if (event instanceof ErrorEvent) collected.errors.push(`uncaught: ${event.message} (${event.filename}:${event.lineno})`);
      else collected.errors.push(`not loaded: ${event.target?.src ?? event.target?.href ?? event.target}`);
    },
    true,
  );
  // Where a hand pressed last: the next press elsewhere is no half of a double click.
  for (const name of ["mousedown", "click"]) {
    addEventListener(name, (event) => event.detail > 0 && (window.__pressed = [event.clientX, event.clientY, performance.now()]), true);
  }
  addEventListener("unhandledrejection", (event) => collected.errors.push(`unhandled rejection: ${words(event.reason)}`));
  addEventListener("securitypolicyviolation", (event) => {
    collected.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample ?? ""}`.trim());
  });
  for (const [level, list] of [
    ["error", collected.errors],
    ["warn", collected.warnings],
  ]) {
    const original = console[level].bind(console);
    console[level] = (...values) => {
      list.push(`console.${level}: ${values.map(words).join(" ")}`);
      original(...values);
    };
  }
  const ready = new WeakSet();
  for (const name of ["ready", "started", "answered", "finished", "error"]) {
    addEventListener(`mondai-${name}`, (event) => {
      if (name === "ready") ready.add(event.target);
      else if (name !== "error" && !ready.has(event.target)) collected.errors.push(`mondai-${name} came before mondai-ready`);
      collected.events.push({ name: `mondai-${name}`, host: event.target.id, detail: event.detail });
    });
  }

  // Which timers wait: a widget that nobody sees must have none. WebKit's driver runs scripts by timers of its own, which
  // wait a minute; the widget's wait for the next second.
  const LONGEST = 5_000;
  const { setTimeout: later, clearTimeout: notLater, setInterval: often, clearInterval: notOften } = window;
  window.setTimeout = (call, wait, ...rest) => {
    const timer = later(
      (...given) => {
        timers.delete(timer);
        if (typeof call === "function") call(...given);
      },
      wait,
      ...rest,
    );
    if (!(wait > LONGEST)) timers.add(timer);
    return timer;
  };
  window.setInterval = (call, wait, ...rest) => {
    const timer = often(call, wait, ...rest);
    timers.add(timer);
    return timer;
  };
  window.clearTimeout = (timer) => {
    timers.delete(timer);
    notLater(timer);
  };
  window.clearInterval = (timer) => {
    timers.delete(timer);
    notOften(timer);
  };

  // Only Chromium measures layout shifts.
  if (PerformanceObserver.supportedEntryTypes?.includes("layout-shift")) {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) collected.shifts += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  }
})();
