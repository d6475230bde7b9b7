/** The payment channels in the order in which pages list them. The API refuses any other. */
export const CHANNELS = ['pos', 'brilink', 'bni', 'indomaret', 'alfamart'] as const
