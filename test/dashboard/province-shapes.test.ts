/** The map: each province lies in exactly one shape of the drawing, and a shape says what its provinces say together. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { CODES_OF_SHAPE, type ProvinceFigures, shapesOf } from '../../dashboard/src/pages/province-shapes.ts'
import { PROVINCES } from '../../shared/domain/region.ts'

const DRAWING = path.join(import.meta.dirname, '../../node_modules/@svg-maps/indonesia/indonesia.svg')

const rowOf = (key: string, changed: Partial<ProvinceFigures> = {}): ProvinceFigures => ({
  key,
  name: PROVINCES.get(key)?.name ?? null,
  total: 100,
  covered: 50,
  coveredMonthBefore: 40,
  ofInformalBasisPoints: null,
  targetBasisPoints: null,
  workersInformal: null,
  ...changed,
})

test('every province is in one shape, and every shape is drawn', () => {
  const codes = Object.values(CODES_OF_SHAPE).flat()
  expect(codes.sort()).toEqual([...PROVINCES.keys()].sort())
  const drawing = readFileSync(DRAWING, 'utf8')
  const drawn = [...drawing.matchAll(/id="(id-[a-z]{2})"/g)].map(([, id]) => id)
  expect(Object.keys(CODES_OF_SHAPE).sort()).toEqual(drawn.sort())
})

describe('a shape', () => {
  const shapeOf = (rows: readonly ProvinceFigures[], measure: 'covered' | 'target' | 'month', id: string) =>
    shapesOf(rows, measure).shapes.find((shape) => shape.id === id)

  test('of several provinces adds them up', () => {
    const rows = [rowOf('91', { covered: 10 }), rowOf('95', { covered: 20 }), rowOf('11', { covered: 90 })]
    expect(shapeOf(rows, 'covered', 'id-pa')).toMatchObject({ total: 200, covered: 30, value: 1_500, step: 0 })
    expect(shapeOf(rows, 'covered', 'id-ac')).toMatchObject({ value: 9_000, step: 4 })
    expect(shapeOf(rows, 'covered', 'id-ba')).toMatchObject({ value: null, step: null, names: [] })
  })

  test('is held against the target of its workers, where all of its provinces have one', () => {
    const target = { workersInformal: 1_000, targetBasisPoints: 1_000 }
    expect(shapeOf([rowOf('92', target), rowOf('96', target)], 'target', 'id-pb')).toMatchObject({ value: 5_000 })
    expect(shapeOf([rowOf('92', target), rowOf('96')], 'target', 'id-pb')).toMatchObject({ value: null })
  })

  test('shows what a month changed, downwards too', () => {
    const rows = [rowOf('11', { coveredMonthBefore: 70 }), rowOf('12'), rowOf('13', { coveredMonthBefore: null })]
    expect(shapeOf(rows, 'month', 'id-ac')).toMatchObject({ value: -20, step: 0 })
    expect(shapeOf(rows, 'month', 'id-su')).toMatchObject({ value: 10, step: 4 })
    expect(shapeOf(rows, 'month', 'id-sb')).toMatchObject({ value: null })
  })

  test('has a colour also where all are alike', () => {
    expect(shapeOf([rowOf('11', { covered: 0 })], 'covered', 'id-ac')).toMatchObject({ value: 0, step: 4 })
  })
})
