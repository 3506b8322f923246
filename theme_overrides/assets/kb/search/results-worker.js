// Answers the results page: { typed, wanted, filter, number } with what `search` returns, or { error: true }.
"use strict";

importScripts("program.js");

addEventListener("message", async ({ data: { typed, wanted, filter, number } }) => {
  try {
    postMessage({ ...(await search(typed, wanted, filter)), number });
  } catch (error) {
    console.error(error);
    postMessage({ error: true, number });
  }
});
