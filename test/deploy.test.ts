/** The files of `deploy/`, linted: they parse, and name only what there is. None of them is run here. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { Config } from '../src/config.js'
import { packageRoot } from '../src/paths.js'
import { useService } from './support/app.js'

const read = (path: string): string => readFileSync(join(packageRoot, path), 'utf8')
const VARIABLES = new Set(Object.keys(Config.shape))
/** Not ours: of Node, and of the database's own image. */
const FOREIGN = new Set(['NODE_ENV'])

describe('the image', () => {
  const lines = read('deploy/Dockerfile')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  const of = (instruction: string) => lines.filter((line) => line.startsWith(`${instruction} `))

  it('is built in two stages, and the second takes over what runs and no more', () => {
    expect(of('FROM')).toHaveLength(2)
    const last = lines.slice(lines.lastIndexOf(of('FROM')[1] ?? ''))
    expect(last.some((line) => /^COPY (?!--from=build)/.test(line))).toBe(false)
  })
  it('runs as another user than root, is asked for its health by node, and gets the signals itself', () => {
    expect(of('USER')).toEqual(['USER node'])
    expect(of('HEALTHCHECK')[0]).toContain('CMD ["node"')
    expect(of('CMD')).toEqual(['CMD ["node", "--enable-source-maps", "--max-semi-space-size=8", "dist/src/main.js"]'])
    expect(read('package.json')).toContain('node --enable-source-maps --max-semi-space-size=8 dist/src/main.js')
  })
  it('sets variables that there are', () => {
    const names = of('ENV').flatMap((line) => [...line.matchAll(/(\w+)=/g)].map(([, name]) => String(name)))
    expect(names.filter((name) => !VARIABLES.has(name) && !FOREIGN.has(name))).toEqual([])
  })
  it('takes no secret, no database and no dependency from the folder it is built in', () => {
    const ignored = read('.dockerignore').split('\n')
    for (const path of ['.git', 'node_modules', 'data', '.env*', '**/*.db']) expect(ignored).toContain(path)
  })
})

interface Compose {
  services: Record<
    string,
    {
      read_only?: boolean
      cap_drop?: string[]
      security_opt?: string[]
      environment?: Record<string, string>
      ports?: string[]
      volumes?: string[]
      tmpfs?: string[]
      stop_grace_period?: string
      depends_on?: Record<string, { condition: string }>
      healthcheck?: { test: string[] }
    }
  >
}

describe.each(['deploy/compose.yaml', 'deploy/compose.postgres.yaml'])('%s', (path) => {
  const { matrix } = (parse(read(path)) as Compose).services
  it('runs the service read-only, without capabilities, and for this machine only', () => {
    expect(matrix?.read_only).toBe(true)
    expect(matrix?.cap_drop).toEqual(['ALL'])
    expect(matrix?.security_opt).toEqual(['no-new-privileges:true'])
    for (const port of matrix?.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/)
  })
  it('sets variables that there are, and holds no password', () => {
    expect(Object.keys(matrix?.environment ?? {}).filter((name) => !VARIABLES.has(name))).toEqual([])
    expect(read(path)).not.toMatch(/PASSWORD: (?!\$\{)/)
  })
})

describe('the compose files', () => {
  const embedded = (parse(read('deploy/compose.yaml')) as Compose).services
  const shared = (parse(read('deploy/compose.postgres.yaml')) as Compose).services

  it('keep the embedded database on a volume, where the image looks for it', () => {
    expect(Object.keys(embedded)).toEqual(['matrix'])
    expect(embedded.matrix?.environment?.DATABASE_URL).toBeUndefined()
    expect(embedded.matrix?.volumes).toEqual(['data:/data'])
    expect(read('deploy/Dockerfile')).toContain('DATABASE_URL=file:/data/')
  })
  it('start the shared form once PostgreSQL says that it is ready', () => {
    expect(shared.matrix?.environment?.DATABASE_URL).toMatch(/^postgres:\/\/.*@database:5432\//)
    expect(shared.matrix?.depends_on).toEqual({ database: { condition: 'service_healthy' } })
    expect(shared.database?.healthcheck?.test.join(' ')).toContain('pg_isready')
  })
  it.each(Object.entries({ embedded, shared }))(
    'leave the %s form time to drain, and /tmp to write to',
    (_form, { matrix }) => {
      const delay = Number(matrix?.environment?.SHUTDOWN_DELAY ?? 0) / 1000
      expect(Number.parseInt(matrix?.stop_grace_period ?? '0', 10)).toBeGreaterThan(Math.max(delay, 10))
      expect(matrix?.tmpfs).toEqual(['/tmp'])
    },
  )
})

describe('the Kubernetes manifests', () => {
  const documents = parseAllDocuments(read('deploy/kubernetes/matrix.yaml')).map((document) => {
    expect(document.errors).toEqual([])
    return document.toJS() as unknown
  })
  /** What stands in a document under a path with dots. */
  const at = (document: unknown, path: string): unknown =>
    path.split('.').reduce((node, key) => (node as Record<string, unknown> | undefined)?.[key], document)
  const of = (kind: string, path: string): unknown =>
    at(
      documents.find((document) => at(document, 'kind') === kind),
      path,
    )
  const pod = (path: string): unknown => of('Deployment', `spec.template.spec.${path}`)
  const container = (path: string): unknown => pod(`containers.0.${path}`)

  it('have a version, a kind and a name each, and agree on the label', () => {
    for (const document of documents) {
      expect(at(document, 'apiVersion')).toBeTruthy()
      expect(at(document, 'metadata.name')).toBe('matrix')
    }
    const label = { 'app.kubernetes.io/name': 'matrix' }
    expect(of('Deployment', 'spec.selector.matchLabels')).toEqual(label)
    expect(of('Deployment', 'spec.template.metadata.labels')).toEqual(label)
    expect(of('Service', 'spec.selector')).toEqual(label)
    expect(of('PodDisruptionBudget', 'spec.selector.matchLabels')).toEqual(label)
  })
  it('keep one of two replicas through a disruption', () => {
    expect(of('Deployment', 'spec.replicas')).toBe(2)
    expect(of('PodDisruptionBudget', 'spec.minAvailable')).toBe(1)
  })
  it('run as nobody in particular, on a read-only file system, without capabilities', () => {
    expect(pod('securityContext')).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } })
    expect(container('securityContext')).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
    expect(pod('automountServiceAccountToken')).toBe(false)
  })
  it('leave time to drain, and set variables that there are', () => {
    const env = container('env') as { name: string; value?: string }[]
    expect(env.filter(({ name }) => !VARIABLES.has(name))).toEqual([])
    const delay = Number(env.find(({ name }) => name === 'SHUTDOWN_DELAY')?.value) / 1000
    expect(Number(pod('terminationGracePeriodSeconds'))).toBeGreaterThan(Math.max(delay, 10))
  })

  const service = useService()
  it.each(['startupProbe', 'readinessProbe', 'livenessProbe'])('ask with the %s a path that answers', async (probe) => {
    await service.get(String(container(`${probe}.httpGet.path`))).expect(200)
  })
})

describe('the unit of systemd', () => {
  const unit = read('deploy/systemd/responsibility-matrix.service')
  it('has its three sections, every line a setting', () => {
    expect([...unit.matchAll(/^\[(\w+)\]$/gm)].map(([, name]) => name)).toEqual(['Unit', 'Service', 'Install'])
    for (const line of unit.split('\n')) expect(line).toMatch(/^$|^#|^\[\w+\]$|^[A-Z]\w+=/)
  })
  it.each([
    'DynamicUser=yes',
    'NoNewPrivileges=yes',
    'ProtectSystem=strict',
    'CapabilityBoundingSet=',
    'PrivateTmp=yes',
  ])('is hardened by %s', (setting) => expect(unit.split('\n')).toContain(setting))
  it('sets variables that there are', () => {
    const names = [...unit.matchAll(/^Environment=(\w+)=/gm)].map(([, name]) => String(name))
    expect(names.filter((name) => !VARIABLES.has(name) && !FOREIGN.has(name))).toEqual([])
  })
})

describe('what watches the service', () => {
  const service = useService()
  /** Names of metrics in an expression, without what a histogram appends. */
  const metricsOf = (expression: string): string[] =>
    [...expression.matchAll(/\b([a-z_]+(?:_total|_seconds|_bucket|_bytes|_revision))\b/g)].map(([, name]) =>
      String(name).replace(/_bucket$/, ''),
    )
  const expressions = (): string[] => {
    const rules = parse(read('deploy/prometheus/alerts.yaml')) as { groups: { rules: { expr: string }[] }[] }
    const board = JSON.parse(read('deploy/grafana/dashboard.json')) as { panels: { targets: { expr: string }[] }[] }
    return [
      ...rules.groups.flatMap(({ rules }) => rules.map(({ expr }) => expr)),
      ...board.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ]
  }

  it('asks only for metrics that the service tells', async () => {
    const told = (await service.get('/metrics')).text
    const names = new Set(expressions().flatMap(metricsOf))
    expect(names.size).toBeGreaterThan(7)
    for (const name of names) expect(told, name).toContain(`# TYPE ${name} `)
  })

  it('has alerts with a severity, a summary and what to do, and a dashboard whose panels do not overlap', () => {
    const { groups } = parse(read('deploy/prometheus/alerts.yaml')) as {
      groups: { rules: { alert: string; labels: { severity: string }; annotations: Record<string, string> }[] }[]
    }
    for (const { alert, labels, annotations } of groups.flatMap(({ rules }) => rules)) {
      expect(['critical', 'warning', 'info'], alert).toContain(labels.severity)
      expect(annotations.summary && annotations.description, alert).toBeTruthy()
    }
    const { panels } = JSON.parse(read('deploy/grafana/dashboard.json')) as {
      panels: { id: number; title: string; gridPos: { x: number; y: number; w: number } }[]
    }
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
    expect(new Set(panels.map(({ gridPos: { x, y } }) => `${x} ${y}`)).size).toBe(panels.length)
    for (const { gridPos } of panels) expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24)
  })
})
