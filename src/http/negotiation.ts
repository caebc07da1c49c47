/** Which form of an answer a caller wants. */
import type { FastifyRequest } from 'fastify'
import type { Format } from '../operations/operation.js'

/** The parameter `format` decides; without it the first type of `Accept` that there is; else JSON. */
export function chooseFormat(formats: Readonly<Record<string, Format<unknown>>>, request: FastifyRequest): string {
  const { format } = request.query as { format?: unknown }
  if (typeof format === 'string') return format
  const types = new Map(Object.entries(formats).map(([name, { contentType }]) => [contentType.split(';', 1)[0], name]))
  const wanted = (request.headers.accept ?? '')
    .split(',')
    .map((entry) => {
      const [type = '', ...parameters] = entry.trim().toLowerCase().split(';')
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)/.exec(parameter)?.[1]).find((q) => q !== undefined)
      return { type: type.trim(), quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality)
  for (const { type } of wanted) {
    if (type === 'application/json' || type === '*/*') return 'json'
    const name = types.get(type)
    if (name) return name
  }
  return 'json'
}
