/** One line drawing per page, on 20 by 20. */
export const ICONS = {
  overview: 'M3 9.5 10 4l7 5.5V16H3zM8 16v-4h4v4',
  settlement: 'M3 4h14v12H3zM3 8h14M3 12h14M8 4v12M13 4v12',
  differences: 'M10 3 18 16.5H2zM10 8v4M10 14.2v.3',
  bank: 'M3 8 10 3.5 17 8zM4 16.5h12M5.5 8v6M10 8v6M14.5 8v6',
  suspense: 'M6 3h8M6 17h8M7 3c0 4 6 4 6 7s-6 3-6 7M13 3c0 4-6 4-6 7s6 3 6 7',
  journal: 'M5 3h9a2 2 0 0 1 2 2v12H6a2 2 0 0 1-2-2V4a1 1 0 0 1 1-1zM7.500 7h5M7.500 10h5M7.500 13h3',
  participants:
    'M7.500 9a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.500 16.500c0-3 2-5 5-5s5 2 5 5M13 3.500a3 3 0 0 1 0 5.500M14.500 11.800c2 .6 3 2.400 3 4.700',
  coverage: 'M10 3l6 2.300v4.200c0 3.500-2.500 6-6 7.500-3.500-1.500-6-4-6-7.500V5.300zM7.300 9.800l2 2 3.500-3.600',
  lapses: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 6v4.300l2.800 1.700',
  rules: 'M4 5h6M14 5h2M4 10h2M10 10h6M4 15h7M15 15h1M12 3.300v3.400M8 8.300v3.400M13 13.300v3.400',
  operations: 'M3 13h3l2-7 4 10 2-6h3',
  partners: 'M4 4h12v8H9l-4 4v-4H4zM7 7h6M7 9.500h4',
  audits:
    'M8.500 14a5.500 5.500 0 1 0 0-11 5.500 5.500 0 0 0 0 11zM12.600 12.600 17 17M6.300 8.600l1.600 1.600 3-3.200',
} as const
export type IconName = keyof typeof ICONS
