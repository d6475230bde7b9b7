/**
 * The statistics in memory. Passes the same conformance suite as the DynamoDB adapter (test/conformance/statistics.test.ts);
 * nothing that was put can be changed from outside.
 */
import { businessDateOf } from '../../shared/domain/instant.ts'
import type { Target } from '../../shared/domain/statistics.ts'
import {
  type DayCensus,
  runName,
  type StatisticsStore,
  type SweepPart,
  type SweepResult,
  type SweepRun,
} from '../../shared/store/statistics/statistics.ts'

export function memoryStatistics(): StatisticsStore {
  const parts = new Map<string, Map<string, SweepPart>>()
  const results = new Map<string, SweepResult>()
  const days = new Map<string, DayCensus>()
  const targets = new Map<string, Target>()
  const partsOf = (run: SweepRun) => parts.get(runName(run)) ?? new Map<string, SweepPart>()
  const partKey = (segment: number, part: number) =>
    `${String(segment).padStart(4, '0')}#${String(part).padStart(6, '0')}`
  return {
    part: async (run, segment, part) => partsOf(run).get(partKey(segment, part)),
    putPart: async (run, part) => {
      const those = partsOf(run)
      parts.set(runName(run), those)
      const key = partKey(part.segment, part.part)
      if (!those.has(key)) those.set(key, structuredClone(part))
      return those.get(key) as SweepPart
    },
    partsOf: async (run) => [...partsOf(run)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, part]) => part),
    putResult: async (result) => {
      if (results.has(runName(result))) return 'exists'
      results.set(runName(result), structuredClone(result))
      return 'put'
    },
    resultsOf: async (day) =>
      [...results]
        .filter(([, { startedAt }]) => businessDateOf(startedAt) === day)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, result]) => result),
    putCensus: async (census) => {
      const there = days.get(census.day)
      if (!there || there.countedAt <= census.countedAt) days.set(census.day, structuredClone(census))
    },
    census: async (day) => days.get(day),
    putTarget: async (year, target) => void targets.set(`${year}#${target.region}`, structuredClone(target)),
    targetsOf: async (year, regions) => regions.flatMap((region) => targets.get(`${year}#${region}`) ?? []),
    targets: async (year) =>
      [...targets]
        .filter(([key]) => key.startsWith(`${year}#`))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, target]) => target),
  }
}
