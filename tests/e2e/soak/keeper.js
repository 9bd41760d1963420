// Keeps a second tab open, and becomes what the server names when the first one is gone.
const reply = await fetch("/test/again");
location.href = await reply.text();
