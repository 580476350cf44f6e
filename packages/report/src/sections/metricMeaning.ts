// What a metric's name says, in plain words. Names carry their protocol; one that is not known here goes without words.

const bases: ReadonlyArray<readonly [pattern: RegExp, meaning: string]> = [
  [
    /^ap-rsna-(\d\.\d+):(\d\.\d+)/,
    'average precision of the RSNA challenge, mean over overlaps (IoU) of $1 to $2; higher is better',
  ],
  [/^ap-rsna-(\d\.\d+)/, 'average precision of the RSNA challenge at an overlap (IoU) of $1; higher is better'],
  [/^false-alarm-rate/, 'share of films without findings on which something is detected; lower is better'],
  [/^score-threshold/, 'detections below this score are left out; chosen on the validation part'],
  [
    /^identity-mae-normals/,
    'mean change that the generator makes to normal films, on a grey range of 0 to 1; lower is better',
  ],
  [/^residual-energy-in-(\w+)/, 'mean squared residual a pixel inside $1'],
  [/^residual-energy-outside-(\w+)/, 'mean squared residual a pixel outside $1'],
  [/^residual-energy-ratio-(\w+)/, 'residual energy inside $1 over outside; above 1 the residual points at findings'],
  [/^psnr-outside-boxes/, 'how well the film is kept outside its boxes; higher is better'],
  [
    /^psnr-to-twin-in-boxes-copying/,
    'likeness of the untouched film to its lesion-free twin inside the boxes: the figure to beat',
  ],
  [
    /^psnr-to-twin-in-boxes/,
    'likeness of the generated film to its lesion-free twin inside the boxes; higher is better',
  ],
  [/^psnr-gain-over-copying/, 'what the generator gains over leaving the film as it is; above 0 it helps'],
  [/^psnr-gain-(\w+)-over-(\w+)/, 'what the graft gains in likeness to the truth, $1 over $2; above 0 it helps'],
  [/^psnr-none/, 'likeness of the film to the truth inside the boxes when nothing is done; higher is better'],
  [/^psnr-paste/, 'likeness of the film to the truth inside the boxes when donor pixels are pasted'],
  [
    /^psnr-poisson/,
    'likeness of the film to the truth inside the boxes when donor pixels are blended by Poisson’s equation',
  ],
  [
    /^psnr-delta/,
    'likeness of the film to the truth inside the boxes when the lent content alone is added, which only a phantom knows',
  ],
  [/^corner-disagreement-left/, 'share of the misalignment that is left after alignment; 0 is perfect, 1 is no help'],
  [/^corner-disagreement-before/, 'misalignment before alignment'],
  [/^determinant/, 'mean area scale of the alignment; near 1 it neither shrinks nor enlarges'],
]
const endings: ReadonlyArray<readonly [pattern: RegExp, meaning: string]> = [
  [/-noFN\b/, 'missed findings not counted'],
  [/-skip\b/, 'films with findings but no detection left out'],
  [/-gt-first\b/, 'matched in the order of the popular public kernel'],
  [/-positives\b/, 'films with findings only'],
  [/-tuned\b/, 'at the threshold chosen there'],
]

/** Plain words, or empty for a name that is not known. */
export const metricMeaning = (metric: string): string => {
  const base = bases.find(([pattern]) => pattern.test(metric))
  if (!base) return ''
  const [found, ...parts] = base[0].exec(metric)!
  const words = base[1].replaceAll(/\$(\d)/g, (_, n: string) => parts[Number(n) - 1] ?? '')
  const rest = metric.slice(found.length)
  return [words, ...endings.flatMap(([pattern, meaning]) => (pattern.test(rest) ? [meaning] : []))].join('; ')
}
