// The page of a PDF with a box around the figure; each picture is read only when it is looked at.
const pictures = new Map();

function pictureUrl(report, page) {
  const key = `page-${report}-${page}`;
  if (!pictures.has(key)) {
    const url = byId(key) ? read(key) : "";
    pictures.set(key, /^data:image\/webp;base64,/.test(url) ? url : "");
  }
  return pictures.get(key);
}

function leafOf(row, className) {
  const place = REPORTS[row.report].boxes[row.id];
  if (!place) return null;
  const url = pictureUrl(row.report, place[0]);
  if (!url) return null;
  const leaf = make("div", className);
  const image = make("img");
  image.alt = `${word("page")} ${place[0]}`;
  image.src = url;
  leaf.append(image);
  for (const [x0, y0, x1, y1] of place[1]) {
    const box = make("span", "box");
    box.style.left = `${x0 * 100}%`;
    box.style.top = `${y0 * 100}%`;
    box.style.width = `${(x1 - x0) * 100}%`;
    box.style.height = `${(y1 - y0) * 100}%`;
    leaf.append(box);
  }
  image.addEventListener("load", () => {
    const box = leaf.querySelector(".box"), frame = leaf.parentElement;
    if (box && frame) {
      frame.scrollTop = box.offsetTop - frame.clientHeight / 2;
      frame.scrollLeft = box.offsetLeft + box.offsetWidth / 2 - frame.clientWidth / 2;
    }
  });
  return leaf;
}

function pictureOf(row, parent) {
  const leaf = leafOf(row, "leaf");
  if (!leaf) return;
  const frame = make("div", "frame");
  frame.title = word("show_page", REPORTS[row.report].boxes[row.id][0]);
  frame.append(leaf);
  frame.addEventListener("click", () => {
    byId("leaf-page").replaceChildren(leafOf(row, "leaf whole"));
    byId("leaf").showModal();
  });
  parent.append(frame);
  if (!REPORTS[row.report].boxes[row.id][1].length) parent.append(make("small", "faint", word("no_image")));
}
