// A printed page says where it was found: the address the reader has, whatever the site was built for.
for (const place of document.querySelectorAll("[data-kb-address]")) {
  place.textContent = location.origin + decodeURI(location.pathname);
}
