/** A class in a metric's name: a stroke would part the name from its part and arm, as in `No Lung Opacity / Not Normal`. */
export const classWord = (name: string): string => name.replaceAll(/\s*\/\s*/g, ' or ')
