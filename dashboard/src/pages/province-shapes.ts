/**
 * Which provinces each shape of the map stands for, by Kemendagri code. The map (npm `@svg-maps/indonesia`, CC BY 4.0) has 34: the
 * four provinces that were split off in 2022 lie in the shapes of Papua and Papua Barat, so their figures are added up there.
 * Why this map: docs/adr/0041-a-map-of-34-shapes.md.
 */
export const CODES_OF_SHAPE: Readonly<Record<string, readonly string[]>> = {
  'id-ac': ['11'],
  'id-su': ['12'],
  'id-sb': ['13'],
  'id-ri': ['14'],
  'id-ja': ['15'],
  'id-ss': ['16'],
  'id-be': ['17'],
  'id-la': ['18'],
  'id-bb': ['19'],
  'id-kr': ['21'],
  'id-jk': ['31'],
  'id-jb': ['32'],
  'id-jt': ['33'],
  'id-yo': ['34'],
  'id-ji': ['35'],
  'id-bt': ['36'],
  'id-ba': ['51'],
  'id-nb': ['52'],
  'id-nt': ['53'],
  'id-kb': ['61'],
  'id-kt': ['62'],
  'id-ks': ['63'],
  'id-ki': ['64'],
  'id-ku': ['65'],
  'id-sa': ['71'],
  'id-st': ['72'],
  'id-sn': ['73'],
  'id-sg': ['74'],
  'id-go': ['75'],
  'id-sr': ['76'],
  'id-ma': ['81'],
  'id-mu': ['82'],
  'id-pa': ['91', '93', '94', '95'],
  'id-pb': ['92', '96'],
}

/** What the map needs of a row of coverage figures. */
export type ProvinceFigures = {
  readonly key: string
  readonly name: string | null
  readonly total: number
  readonly covered: number
  readonly coveredMonthBefore: number | null
  readonly ofInformalBasisPoints: number | null
  readonly targetBasisPoints: number | null
  readonly workersInformal: number | null
}

export const MEASURES = ['covered', 'target', 'month'] as const
export type Measure = (typeof MEASURES)[number]

export type ShapeFigures = {
  readonly id: string
  /** Of every province in it that has figures. */
  readonly names: readonly string[]
  readonly keys: readonly string[]
  readonly total: number
  readonly covered: number
  /** null: no figures. Basis points; of `month`, memberships. */
  readonly value: number | null
  /** 0 to 4, the higher the better; null: no figures. */
  readonly step: number | null
}

const STEPS = 5

/** The shapes with their figures, and the bounds between the steps of colour. */
export function shapesOf(
  rows: readonly ProvinceFigures[],
  measure: Measure,
): { readonly shapes: readonly ShapeFigures[]; readonly low: number; readonly high: number } {
  const byKey = new Map(rows.map((row) => [row.key, row]))
  const valued = Object.entries(CODES_OF_SHAPE).map(([id, codes]) => {
    const those = codes.flatMap((code) => byKey.get(code) ?? [])
    const sum = (figureOf: (row: ProvinceFigures) => number) => those.reduce((all, row) => all + figureOf(row), 0)
    const known = { id, names: those.map(({ name, key }) => name ?? key), keys: those.map(({ key }) => key) }
    return {
      ...known,
      total: sum((row) => row.total),
      covered: sum((row) => row.covered),
      value: figureOfShape(those, measure),
    }
  })
  const values = valued.flatMap(({ value }) => value ?? [])
  const low = Math.min(...values, 0)
  const high = Math.max(...values, low)
  const stepOf = (value: number) =>
    high === low ? STEPS - 1 : Math.min(STEPS - 1, Math.floor(((value - low) / (high - low)) * STEPS))
  return {
    shapes: valued.map((shape) => ({ ...shape, step: shape.value === null ? null : stepOf(shape.value) })),
    low,
    high,
  }
}

function figureOfShape(rows: readonly ProvinceFigures[], measure: Measure): number | null {
  const sum = (figureOf: (row: ProvinceFigures) => number) => rows.reduce((all, row) => all + figureOf(row), 0)
  const covered = sum((row) => row.covered)
  switch (measure) {
    case 'covered': {
      const total = sum((row) => row.total)
      return total === 0 ? null : Math.round((covered / total) * 10_000)
    }
    case 'target': {
      const wanted = sum((row) => ((row.workersInformal ?? 0) * (row.targetBasisPoints ?? 0)) / 10_000)
      const isKnown = rows.length > 0 && rows.every((row) => row.targetBasisPoints !== null)
      return isKnown && wanted > 0 ? Math.round((covered / wanted) * 10_000) : null
    }
    case 'month': {
      const isKnown = rows.length > 0 && rows.every((row) => row.coveredMonthBefore !== null)
      return isKnown ? covered - sum((row) => row.coveredMonthBefore ?? 0) : null
    }
  }
}
