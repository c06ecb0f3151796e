// The token of a setup link stands behind the # so that it is in no log; it moves into the form, and out of the address.
const token = new URLSearchParams(location.hash.slice(1)).get("token");
if (token) {
  history.replaceState(null, "", location.pathname);
  const field = document.getElementById("token");
  field.value = token;
  for (const element of document.querySelectorAll("[data-without-token]")) {
    element.hidden = true;
  }
  document.getElementById("next").focus();
}
