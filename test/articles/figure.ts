/**
 * One line of what an article says against what the hub came to. `article`: the figure is printed there. `arithmetic`: it follows from
 * printed figures and the tariff by a multiplication or a division, done here and not by the hub.
 */
export type Figure = {
  readonly figure: string
  readonly origin: 'article' | 'arithmetic'
  readonly expected: number | string
  readonly came: number | string
}

export type Article = {
  readonly name: string
  readonly says: string
  /** What the article leaves open and the replay had to choose. */
  readonly chosen: string
  /** Plays it with so many people and villages as it counts, or with few. */
  readonly replay: (size: Size) => Promise<readonly Figure[]>
  readonly full: Size
  readonly small: Size
}

export type Size = { readonly villages: number; readonly people: number }

export function article(figure: string, expected: Figure['expected'], came: Figure['came']): Figure {
  return { figure, origin: 'article', expected, came }
}

export function arithmetic(figure: string, expected: Figure['expected'], came: Figure['came']): Figure {
  return { figure, origin: 'arithmetic', expected, came }
}

export function sameFigure({ expected, came }: Figure): boolean {
  return expected === came
}
