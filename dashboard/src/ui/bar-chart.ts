/** Draws bars with Chart.js, of which only what bars need is taken. Loaded on demand by chart.tsx. */
import { BarController, BarElement, CategoryScale, Chart, LinearScale, Tooltip } from 'chart.js'

Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip)

export type DrawnBars = {
  readonly bars: readonly {
    readonly label: string
    readonly from: number
    readonly to: number
    readonly colour: string
  }[]
  readonly ink: string
  readonly line: string
  readonly font: string
  readonly money: (rupiah: number) => string
  readonly short: (rupiah: number) => string
}

/** Pixels for each bar, from which on its name stands below it in lines. */
const LEAST_FOR_LINES = 84
const LONGEST_LEANING = 20

export function drawBars(canvas: HTMLCanvasElement, { bars, ink, line, font, money, short }: DrawnBars) {
  const text = { color: ink, font: { family: font, size: 12 } }
  // On a phone a label leans, in one line: two that lean lie over each other. The table below has it whole.
  // The canvas itself has its size only when it is drawn.
  const isNarrow = (canvas.parentElement ?? canvas).clientWidth < bars.length * LEAST_FOR_LINES
  const rotation = isNarrow ? { minRotation: 60, maxRotation: 60 } : { maxRotation: 50 }
  return new Chart(canvas, {
    type: 'bar',
    data: {
      labels: bars.map(({ label }) => (isNarrow ? shortened(label) : wrapped(label))),
      datasets: [
        {
          data: bars.map(({ from, to }): [number, number] => [from, to]),
          backgroundColor: bars.map(({ colour }) => colour),
          borderRadius: 4,
          borderSkipped: false,
          minBarLength: 3,
          maxBarThickness: 56,
        },
      ],
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      scales: {
        x: { grid: { display: false }, ticks: { ...text, ...rotation, autoSkip: false } },
        y: {
          grid: { color: line },
          border: { display: false },
          ticks: { ...text, maxTicksLimit: 6, callback: (value) => short(Number(value)) },
        },
      },
      plugins: {
        legend: { display: false },
        tooltip: {
          callbacks: { label: ({ dataIndex }) => money((bars[dataIndex]?.to ?? 0) - (bars[dataIndex]?.from ?? 0)) },
        },
      },
    },
  })
}

function shortened(label: string): string {
  return label.length <= LONGEST_LEANING ? label : `${label.slice(0, LONGEST_LEANING - 1).trimEnd()}…`
}

function wrapped(label: string): string[] {
  const lines: string[] = []
  for (const word of label.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && `${last} ${word}`.length <= 14) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
