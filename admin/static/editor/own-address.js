// Addresses that concern the post at hand, which a new one gets with its first save.

/** Return an address for the form's post, if it has a number by now. */
export function ofPost(address, form) {
  const url = new URL(address, location.href);
  if (/^\d+$/.test(form.dataset.post)) url.searchParams.set("id", form.dataset.post);
  return url;
}
