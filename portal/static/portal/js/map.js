// A map of places. Leaflet and the outline of the land are loaded when the map comes into view; a list on the
// page says the same. Places of one neighbourhood are one number until one is close enough to tell them apart.

// Pixels: places nearer to each other than this are one number.
const CELL = 48;
const CLOSEST = 9;
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

async function fetched(url) {
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

// Longitudes of the land run on beyond 180; a copy beside it closes the gap at the edges.
function drawLand(leaflet, map, land) {
  const renderer = leaflet.svg({ padding: 0.5 });
  for (const turn of [-360, 0, 360]) {
    leaflet.geoJSON(land, {
      interactive: false,
      renderer,
      style: { className: "map-land", weight: 0.75 },
      coordsToLatLng: ([lon, lat]) => leaflet.latLng(lat, lon + turn),
    }).addTo(map);
  }
}

function popup(places) {
  const box = document.createElement("div");
  for (const { properties } of places) {
    const list = document.createElement("ul");
    for (const item of properties.items) {
      const link = Object.assign(document.createElement("a"), { href: item.url, textContent: item.text });
      list.appendChild(document.createElement("li")).append(link);
    }
    const rest = properties.count - properties.items.length;
    if (rest > 0) list.appendChild(document.createElement("li")).textContent = `+ ${rest}`;
    const name = document.createElement("b");
    name.textContent = properties.name;
    box.append(name, list);
  }
  return box;
}

function clustered(map, features) {
  const cells = new Map();
  for (const feature of features) {
    const [lon, lat] = feature.geometry.coordinates;
    const { x, y } = map.project([lat, lon]);
    const cell = `${Math.floor(x / CELL)}:${Math.floor(y / CELL)}`;
    if (!cells.has(cell)) cells.set(cell, []);
    cells.get(cell).push(feature);
  }
  return [...cells.values()];
}

// What is a button answers to these keys; Leaflet itself opens a pop-up by Enter, and nothing else.
function onKeys(pin, keys, act) {
  pin.on("keydown", ({ originalEvent: event }) => {
    if (!keys.includes(event.key)) return;
    event.preventDefault();
    act();
  });
}

function marker(leaflet, map, places) {
  const spots = places.map(({ geometry: { coordinates: [lon, lat] } }) => [lat, lon]);
  const bounds = leaflet.latLngBounds(spots);
  const count = places.reduce((sum, place) => sum + place.properties.count, 0);
  const icon = leaflet.divIcon({ className: "map-pin", html: String(count), iconSize: [36, 36] });
  const names = places.slice(0, 3).map((place) => place.properties.name).join(", ");
  const label = `${names}${places.length > 3 ? ", …" : ""}: ${count}`;
  const pin = leaflet.marker(bounds.getCenter(), { icon, title: label, keyboard: true });
  pin.on("add", () => pin.getElement().setAttribute("aria-label", label));
  const apart = places.length > 1 && map.getZoom() < CLOSEST;
  if (apart) {
    const closer = () => {
      map.fitBounds(bounds.pad(0.4), { maxZoom: Math.min(CLOSEST, map.getZoom() + 3), animate: !still });
      map.getContainer().focus();
    };
    pin.on("click", closer);
    onKeys(pin, ["Enter", " "], closer);
  } else {
    pin.bindPopup(popup(places), { maxHeight: 220, autoPan: true });
    onKeys(pin, [" "], () => pin.openPopup());
  }
  return pin;
}

async function draw(box) {
  const { leaflet: script, css, land, src, view } = box.dataset;
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: css });
  const styled = new Promise((done) => { sheet.onload = sheet.onerror = done; });
  document.head.append(sheet);
  const [outline, found] = await Promise.all([fetched(land), fetched(src), import(script), styled]);
  const leaflet = window.L;
  const map = leaflet.map(box, {
    attributionControl: false,
    fadeAnimation: !still,
    zoomAnimation: !still,
    markerZoomAnimation: !still,
    inertia: !still,
    maxZoom: CLOSEST,
    minZoom: 1,
    scrollWheelZoom: false,
    zoomControl: false,
    worldCopyJump: true,
    // Between the whole steps, so that what is found fills the map.
    zoomSnap: 0.25,
  });
  leaflet.control.zoom({ zoomInTitle: box.dataset.zoomIn, zoomOutTitle: box.dataset.zoomOut }).addTo(map);
  const spots = found.features.map(({ geometry: { coordinates: [lon, lat] } }) => [lat, lon]);
  const bounds = leaflet.latLngBounds(spots);
  if (spots.length) map.fitBounds(bounds.pad(0.15), { maxZoom: 6, animate: false });
  else map.setView(JSON.parse(view ?? "[50, 15]"), 3, { animate: false });
  drawLand(leaflet, map, outline);
  const pins = leaflet.layerGroup().addTo(map);
  const show = () => {
    pins.clearLayers();
    for (const places of clustered(map, found.features)) marker(leaflet, map, places).addTo(pins);
  };
  map.on("zoomend", show);
  show();
  box.dataset.ready = "";
}

function watch(box) {
  const seen = new IntersectionObserver(async (entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    seen.disconnect();
    try {
      await draw(box);
    } catch (fault) {
      // The list says the same.
      box.closest(".map-frame").hidden = true;
      console.info(fault);
    }
  }, { rootMargin: "200px" });
  seen.observe(box);
}

function begin(root) {
  for (const frame of root.querySelectorAll(".map-frame[hidden]")) {
    frame.hidden = false;
    watch(frame.querySelector("[data-map]"));
  }
}

begin(document);
document.addEventListener("htmx:afterSwap", (event) => begin(event.target));
