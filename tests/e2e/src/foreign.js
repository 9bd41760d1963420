// Plants what others keep, or compares it: the body of a function that gives the names of what is another than it was.
const TEXTS = {
  "": "an empty key",
  "MONDAI:1:basics:attempt:x": "another case",
  "mondai": "no version",
  "mondai:": "an empty version",
  "mondai:1": "no set",
  "mondai:1:basics": "no end of a set",
  "mondai:10:basics:attempt:x": "version ten",
  "mondai:2:basics:attempt:x": "version two",
  "theme": "dark",
  // Not as a key: Firefox itself makes another one of it once no page of the site is open.
  "half a character": "\ud800",
  "the first one": "\u0000",
  "設定": "値",
};
const DATABASE = "mondai";

const open = (change) =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("records").put("another database", "mondai:1:basics:attempt:x");
    request.onerror = () => reject(request.error);
    request.onsuccess = () => resolve(request.result);
  });

const run = async () => {
  let storage;
  try {
    storage = localStorage;
    // Some refuse only this.
    storage.getItem("theme");
  } catch {
    return [];
  }
  if (isPlanting) for (const [key, text] of Object.entries(TEXTS)) storage.setItem(key, text);
  const database = await open();
  const kept = await new Promise((resolve, reject) => {
    const request = database.transaction("records").objectStore("records").get("mondai:1:basics:attempt:x");
    request.onerror = () => reject(request.error);
    request.onsuccess = () => resolve(request.result);
  });
  database.close();
  const changed = Object.entries(TEXTS).filter(([key, text]) => storage.getItem(key) !== text);
  const names = changed.map(([key]) => JSON.stringify(key));
  return kept === "another database" ? names : [...names, "the database"];
};
return run();
