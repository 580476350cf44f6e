/** Whether a parameter is a running statistic of batch norm: kept with the parameters, never differentiated. */
export const isRunningStatistic = (name: string): boolean => /(^|\.)running_(mean|var)$/.test(name)
