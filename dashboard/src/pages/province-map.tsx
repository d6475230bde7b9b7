/**
 * The provinces coloured by a measure. The drawing is loaded when it is asked for; a province is chosen by pointer or from a list,
 * and its figures stand beside the map. The table of the same page has every figure, for whoever cannot use a map.
 */
import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import { useLanguage, worded } from '../i18n/language.tsx'
import { Choice } from '../ui/fields.tsx'
import { Facts } from '../ui/page.tsx'
import { Loading } from '../ui/state.tsx'
import { MEASURES, type Measure, type ProvinceFigures, type ShapeFigures, shapesOf } from './province-shapes.ts'

type Props = {
  readonly rows: readonly ProvinceFigures[]
  readonly measure: Measure
  /** Key of a province. */
  readonly chosen: string | undefined
  readonly onMeasure: (measure: Measure) => void
  readonly onChoose: (key: string | undefined) => void
}

export function ProvinceMap({ rows, measure, chosen, onMeasure, onChoose }: Props) {
  const { t, f } = useLanguage()
  const { map: texts } = t.people
  const titleId = useId()
  const drawing = useQuery({
    queryKey: ['map'],
    queryFn: async () => (await import('@svg-maps/indonesia')).default,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const { shapes, low, high } = shapesOf(rows, measure)
  const byId = new Map(shapes.map((shape) => [shape.id, shape]))
  const selected = shapes.find(({ keys }) => chosen !== undefined && keys.includes(chosen))
  const said = (value: number) => (measure === 'month' ? f.number(value) : f.percent(value))
  if (drawing.data === undefined) {
    return drawing.error === null ? <Loading rows={6} /> : <p className="notice warning">{texts.failed}</p>
  }
  const inOrder = [...rows].sort((a, b) => (a.name ?? a.key).localeCompare(b.name ?? b.key))
  return (
    <div className="province-map">
      <div className="form inline">
        <Choice
          label={texts.measure}
          value={measure}
          options={MEASURES.map((each) => [each, worded(texts.measures, each)] as const)}
          onChange={(value) => onMeasure(MEASURES.find((each) => each === value) ?? 'covered')}
        />
        <Choice
          label={worded(t.coverage.dimensions, 'province')}
          value={chosen ?? ''}
          options={[['', texts.noProvince], ...inOrder.map(({ key, name }) => [key, name ?? key] as const)]}
          onChange={(key) => onChoose(key || undefined)}
        />
      </div>
      <div className="map-and-figures">
        <svg viewBox={drawing.data.viewBox} role="img" aria-labelledby={titleId} className="map">
          <title id={titleId}>{`${t.coverage.title}: ${worded(texts.measures, measure)}`}</title>
          {drawing.data.locations.map(({ id, path }) => {
            const shape = byId.get(id)
            return (
              // biome-ignore lint/a11y/noStaticElementInteractions: a short cut for the pointer; the list above does the same
              <path
                key={id}
                d={path}
                className={`shape ${shape?.step == null ? 'nothing' : `step-${shape.step}`} ${shape === selected && selected !== undefined ? 'chosen' : ''}`}
                onClick={() => onChoose(shape === selected ? undefined : shape?.keys[0])}
              >
                <title>{shape === undefined ? '' : shortOf(shape, said, texts.noData)}</title>
              </path>
            )
          })}
        </svg>
        {selected !== undefined && <ShapeDetail shape={selected} rows={rows} value={said} measure={measure} />}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: not a group of inputs */}
      <div className="map-legend" role="group" aria-label={texts.legend}>
        <span>{said(low)}</span>
        {[0, 1, 2, 3, 4].map((step) => (
          <i key={step} className={`swatch step-${step}`} />
        ))}
        <span>{said(high)}</span>
        <span className="row tight">
          <i className="swatch nothing" />
          {texts.noData}
        </span>
      </div>
      <p className="muted small">{texts.credit}</p>
    </div>
  )
}

function ShapeDetail({
  shape,
  rows,
  value,
  measure,
}: {
  readonly shape: ShapeFigures
  readonly rows: readonly ProvinceFigures[]
  readonly value: (value: number) => string
  readonly measure: Measure
}) {
  const { t, f } = useLanguage()
  const { map: texts } = t.people
  const those = rows.filter(({ key }) => shape.keys.includes(key))
  return (
    <section className="map-detail" aria-live="polite" aria-label={shape.names.join(', ')}>
      <h3>{shape.names.join(', ')}</h3>
      {shape.names.length > 1 && <p className="muted small">{texts.together}</p>}
      <Facts
        items={[
          [worded(texts.measures, measure), shape.value === null ? texts.noData : value(shape.value)],
          [t.coverage.covered, texts.of(f.number(shape.covered), f.number(shape.total))],
          ...(those.length < 2
            ? []
            : those.map((row) => [row.name ?? row.key, texts.of(f.number(row.covered), f.number(row.total))] as const)),
        ]}
      />
    </section>
  )
}

function shortOf({ names, value }: ShapeFigures, said: (value: number) => string, noData: string): string {
  return `${names.join(', ')}: ${value === null ? noData : said(value)}`
}
