/**
 * Values of metrics as CloudWatch keeps them, in memory and since the hub was started: sums and counts per five minutes, and
 * how values are spread in classes 2% wide, from which percentiles come. Knows no function and no protocol.
 */
export type MetricKey = {
  readonly namespace: string
  readonly name: string
  readonly dimensions: Readonly<Record<string, string>>
}

export type Statistic = 'Sum' | 'SampleCount' | 'p99'

export type MetricStore = {
  readonly add: (key: MetricKey, at: number, value: number) => void
  /** Undefined: no value came in the span, which begins and ends on whole five minutes outwards. */
  readonly statistic: (key: MetricKey, statistic: Statistic, from: number, to: number) => number | undefined
}

type Bucket = { count: number; sum: number; readonly classes: Map<number, number> }

const BUCKET_MILLIS = 300_000
/** Of each metric: a little more than a day. */
const MOST_BUCKETS = 300
const CLASS_WIDTH = Math.log(1.02)

export function metricStore(): MetricStore {
  const series = new Map<string, Map<number, Bucket>>()
  return {
    add: (key, at, value) => {
      const bucket = bucketIn(series, seriesOf(key), Math.floor(at / BUCKET_MILLIS))
      const ofValue = classOf(value)
      bucket.count++
      bucket.sum += value
      bucket.classes.set(ofValue, (bucket.classes.get(ofValue) ?? 0) + 1)
    },
    statistic: (key, statistic, from, to) => {
      const first = Math.floor(from / BUCKET_MILLIS)
      const buckets = [...(series.get(seriesOf(key)) ?? [])].flatMap(([place, bucket]) =>
        first <= place && place * BUCKET_MILLIS < to ? [bucket] : [],
      )
      if (buckets.length === 0) return undefined
      if (statistic === 'Sum') return buckets.reduce((sum, bucket) => sum + bucket.sum, 0)
      if (statistic === 'SampleCount') return buckets.reduce((sum, { count }) => sum + count, 0)
      return percentileOf(buckets, 0.99)
    },
  }
}

/** The oldest of a metric goes when it has more than a day of them. */
function bucketIn(series: Map<string, Map<number, Bucket>>, name: string, place: number): Bucket {
  const buckets = series.get(name) ?? new Map<number, Bucket>()
  series.set(name, buckets)
  const known = buckets.get(place)
  if (known !== undefined) return known
  const bucket = { count: 0, sum: 0, classes: new Map<number, number>() }
  buckets.set(place, bucket)
  if (buckets.size > MOST_BUCKETS) buckets.delete(Math.min(...buckets.keys()))
  return bucket
}

/** Dimensions have no order. */
function seriesOf({ namespace, name, dimensions }: MetricKey): string {
  return JSON.stringify([namespace, name, ...Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))])
}

function classOf(value: number): number {
  return value <= 1 ? 0 : Math.ceil(Math.log(value) / CLASS_WIDTH)
}

/** The upper end of the class in which the value lies. */
function percentileOf(buckets: readonly Bucket[], share: number): number {
  const counts = new Map<number, number>()
  for (const [place, count] of buckets.flatMap(({ classes }) => [...classes])) {
    counts.set(place, (counts.get(place) ?? 0) + count)
  }
  const wanted = buckets.reduce((sum, { count }) => sum + count, 0) * share
  let passed = 0
  for (const [place, count] of [...counts].sort(([a], [b]) => a - b)) {
    passed += count
    if (passed >= wanted) return Math.exp(place * CLASS_WIDTH)
  }
  return 0
}
