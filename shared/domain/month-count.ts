/** How many months one payment may pay. Any other number is malformed in every protocol. */
export const MONTH_COUNTS = [1, 2, 3, 6, 12] as const
export type MonthCount = (typeof MONTH_COUNTS)[number]
