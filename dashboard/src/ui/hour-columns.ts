/** Draws stacked columns with Chart.js, of which only what they need is taken. Loaded on demand by hour-chart.tsx. */
import { BarController, BarElement, CategoryScale, Chart, Legend, LinearScale, Tooltip } from 'chart.js'

Chart.register(BarController, BarElement, CategoryScale, Legend, LinearScale, Tooltip)

export type DrawnHours = {
  readonly hours: readonly string[]
  readonly series: readonly { readonly label: string; readonly amounts: readonly number[]; readonly colour: string }[]
  readonly ink: string
  readonly line: string
  readonly font: string
  readonly money: (rupiah: number) => string
  readonly short: (rupiah: number) => string
}

export function drawHours(canvas: HTMLCanvasElement, first: DrawnHours) {
  const chart = new Chart(canvas, { type: 'bar', data: dataOf(first), options: optionsOf(first) })
  return {
    show: (hours: DrawnHours) => {
      chart.data = dataOf(hours)
      chart.options = optionsOf(hours)
      chart.update('none')
    },
    destroy: () => chart.destroy(),
  }
}

function dataOf({ hours, series }: DrawnHours) {
  return {
    labels: [...hours],
    datasets: series.map(({ label, amounts, colour }) => ({
      label,
      data: [...amounts],
      backgroundColor: colour,
      borderRadius: 2,
      maxBarThickness: 36,
    })),
  }
}

function optionsOf({ ink, line, font, money, short }: DrawnHours) {
  const text = { color: ink, font: { family: font, size: 12 } }
  return {
    animation: false as const,
    maintainAspectRatio: false,
    interaction: { mode: 'index' as const, intersect: false },
    scales: {
      x: { stacked: true, grid: { display: false }, ticks: { ...text, maxRotation: 0, autoSkipPadding: 12 } },
      y: {
        stacked: true,
        grid: { color: line },
        border: { display: false },
        ticks: { ...text, maxTicksLimit: 5, callback: (value: string | number) => short(Number(value)) },
      },
    },
    plugins: {
      legend: { position: 'bottom' as const, labels: { ...text, boxWidth: 10, boxHeight: 10 } },
      tooltip: {
        callbacks: {
          label: ({ dataset, parsed }: { dataset: { label?: string }; parsed: { y: number | null } }) =>
            `${dataset.label ?? ''}: ${money(parsed.y ?? 0)}`,
        },
      },
    },
  }
}
