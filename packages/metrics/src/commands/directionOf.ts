// Whether more of a metric is better, by its name; undefined where the name does not say.

const higher =
  /^(ap|map|auc|auroc|auprc|psnr|ssim|ms-ssim|accuracy|sensitivity|specificity|precision|recall|f1|dice|iou|kappa)(?![a-z])/
const lower =
  /^(fid|kid|swd|near-copy-share|near-copies-blocked|classes-missing|mae|mse|rmse|lpips|loss|ece|brier|false-alarm-rate|identity-mae|residual-energy-outside)(?![a-z])/

export const directionOf = (metric: string): 'higher' | 'lower' | undefined =>
  higher.test(metric) ? 'higher' : lower.test(metric) ? 'lower' : undefined
