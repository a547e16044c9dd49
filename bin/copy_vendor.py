"""Copy the pinned front-end files from node_modules to vendor/, in the form browsers get.

No bundler: this script is all there is. GOV.UK Frontend loses what only GOV.UK may use (its
crest and its GDS Transport font); ES modules become .js so that any server gives the right
type; each text file gets a .gz beside it, which WhiteNoise serves.
"""

import gzip
import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NODE = ROOT / "node_modules"
VENDOR = ROOT / "vendor"

# Tabler outline icons in use: one list, so that a page cannot use one that is not shipped.
ICONS = [
    "arrow-down",
    "arrow-right",
    "arrow-up",
    "ball-football",
    "bed",
    "building",
    "bulb",
    "bulb-off",
    "car",
    "circle-check",
    "clock",
    "device-cctv",
    "dots",
    "download",
    "eye-off",
    "history",
    "home-shield",
    "info-circle",
    "lock",
    "lock-open",
    "mood-empty",
    "mood-sad",
    "mood-smile",
    "moon",
    "motorbike",
    "pill",
    "plus",
    "printer",
    "route",
    "shield-check",
    "shopping-bag",
    "spray",
    "stairs",
    "sun",
    "thumb-up",
    "trash",
    "tree",
    "trees",
    "users",
    "walk",
]

# Fonts of what is printed: the same letters on every machine. A folder a package, the weights of it.
FONTS = {
    "source-sans-3": ("400Regular", "600SemiBold", "700Bold"),
    "noto-sans-arabic": ("400Regular", "700Bold"),
    "noto-sans-hebrew": ("400Regular", "700Bold"),
    "noto-emoji": ("400Regular",),
}


def without_gov_uk_marks(css):
    """GOV.UK Frontend's stylesheet without the crest and the font that only GOV.UK may use."""
    css = re.sub(r"/\*![^*]*Calvert.*?\*/", "", css, flags=re.S)
    css = re.sub(r"@font-face\{font-family:GDS Transport[^}]*\}", "", css)
    css = css.replace("GDS Transport,arial,sans-serif", "var(--st-font)")
    css = css.replace('"GDS Transport",arial,sans-serif', "var(--st-font)")
    css = re.sub(r"url\([^)]*govuk-crest[^)]*\)", "none", css)
    return css


def write(path, text):
    # Our own files link no source maps, so browsers do not ask for what is not there.
    text = re.sub(r"(/\*|//)# sourceMappingURL=.*?(\*/|$)", "", text, flags=re.M)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.with_name(path.name + ".gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def main():
    shutil.rmtree(VENDOR, ignore_errors=True)
    govuk = NODE / "govuk-frontend/dist/govuk"
    write(
        VENDOR / "govuk.css", without_gov_uk_marks((govuk / "govuk-frontend.min.css").read_text())
    )
    write(VENDOR / "govuk.js", (govuk / "govuk-frontend.min.js").read_text())
    maplibre = NODE / "maplibre-gl/dist"
    write(VENDOR / "maplibre/maplibre-gl.js", (maplibre / "maplibre-gl.mjs").read_text())
    write(
        VENDOR / "maplibre/maplibre-gl-worker.js", (maplibre / "maplibre-gl-worker.mjs").read_text()
    )
    write(VENDOR / "maplibre/maplibre-gl.css", (maplibre / "maplibre-gl.css").read_text())
    # A bare name in an import is for bundlers: browsers want an address.
    pmtiles = (NODE / "pmtiles/dist/esm/index.js").read_text()
    write(VENDOR / "pmtiles.js", pmtiles.replace('from"fflate"', 'from"./fflate.js"'))
    write(VENDOR / "fflate.js", (NODE / "fflate/esm/browser.js").read_text())
    fonts = VENDOR / "fonts"
    fonts.mkdir()
    for package, weights in FONTS.items():
        for weight in weights:
            for file in (NODE / "@expo-google-fonts" / package / weight).glob("*.ttf"):
                shutil.copy(file, fonts / file.name)
    icons = VENDOR / "icons"
    icons.mkdir()
    missing = []
    for name in ICONS:
        source = NODE / f"@tabler/icons/icons/outline/{name}.svg"
        if source.exists():
            shutil.copy(source, icons / source.name)
        else:
            missing.append(name)
    if missing:
        raise SystemExit(f"No such icons: {' '.join(missing)}")


if __name__ == "__main__":
    main()
