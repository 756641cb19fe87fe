// What uploads need to know of the page: where to, how large, with which token and words.

/** Read it from the form of uploads, or from the element that stands for it. */
export function readSetup(root) {
  const { create, chunk, most } = root.dataset;
  return {
    create,
    chunk: Number(chunk),
    most: Number(most),
    // Another one from each sign-in on.
    get token() {
      return document.querySelector("[name=csrf_token]").value;
    },
    words: JSON.parse(document.querySelector("[data-media-words]").textContent),
  };
}

/** Say why an upload ended, in words of the page unless the server gave its own. */
export function reasonOf(error, words) {
  if (error.message === "cancelled") return words.cancelled;
  if (error.status === 401) return words.signIn;
  return error.message || words.lost;
}

/** Return the files of a drop or a paste. */
export function filesOf(transfer) {
  return [...(transfer?.files ?? [])];
}

/** Fill a pattern such as `Uploading {name}`. */
export function fill(pattern, values) {
  return pattern.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}
