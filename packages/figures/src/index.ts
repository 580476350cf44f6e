// @radiograft/figures: Pictures and plots as bytes: greyscale PNG, contact sheets, overlays and line plots in SVG.
export {}
