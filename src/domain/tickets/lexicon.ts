/** Everything that words can say about a ticket, indexed once per catalog. */
import type { Catalog } from '../catalog.js'
import type { Layer, Service, SignalKind, Variant } from '../model.js'
import { foldName } from '../names.js'
import { PhraseTree, stemsOf } from './phrases.js'
import type { Cue, Foreign, Hint, SignalDocuments } from './reference.js'
import { START } from './tokens.js'

/** What a found phrase means. */
export type Meaning =
  | { kind: 'service'; service: Service; weight: number }
  | { kind: 'variant'; service: Service; variant: Variant }
  | { kind: 'layer'; layer: Layer; weight: number }
  | { kind: 'not-layer'; layer: Layer }
  | { kind: 'cue'; cue: Cue }
  | { kind: 'foreign'; foreign: Foreign }
  | { kind: 'aws' }
  | { kind: 'well' }
  | { kind: 'fails' }
  | { kind: 'unsure' }
  | { kind: 'vague' }

export interface Deed {
  layer: Layer
  verb: readonly string[]
  object: readonly string[]
  weight: number
  text: string
}

export interface Lexicon {
  tree: PhraseTree<Meaning>
  /** By the first stem of the verb. */
  deeds: ReadonlyMap<string, readonly Deed[]>
}

/** The documents of a kind, in the shape that the seed's reader made sure of. */
export const documents = <K extends SignalKind>(catalog: Catalog, kind: K): SignalDocuments[K][] =>
  catalog.signals(kind).map(({ document }) => document as unknown as SignalDocuments[K])

/** Names of services that are ordinary words: they mean the service only beside "AWS" or "Amazon". */
const ORDINARY = new Set(
  `config connect backup batch chime inspector detective account billing support health location personalize pinpoint
  comprehend translate polly lex glue shield braket budgets artifact outposts outpost signer notifications amplify
  forecast transcribe invoicing organizations snow storage compute email database search queue topic volume disk
  dashboard dashboards reports calendar docker containers microservices workflow orchestration secret metrics alarms
  trail logs cron pod helm warehouse nas vps table tables mfa permissions cdn eb es platform snapshot bounce server
  servers amazon instance instances credentials function functions image images registry mailbox sms sts saml oauth
  redis kubernetes k8s vm vms dns virtual machine desktop notebook model key keys bucket buckets ami emails graph
  analytics streaming events rules schedule pipes deadline import export data quick office hr phone resolver
  registration bus synthetics canary canaries app alarm chat firewall private public stage waf rag weights`.split(
    /\s+/,
  ),
)

/** Words of the plain name that stand for no service by themselves. */
const AWS_WORDS = [
  'aws',
  'amazon web services',
  'amazonaws',
  'awssdk',
  'boto3',
  'botocore',
  '(eu|us|ap|sa|ca|me|af|il) (west|east|central|north|south|northeast|southeast|northwest|southwest) (1|2|3|4|5|6)',
  '(eu|us|ap) (west|east|central|north|south|northeast|southeast) (1a|1b|1c|1d|1e|1f|2a|2b|2c|3a|3b|3c)',
  '(use1|usw2|euc1|euw1|apne1) _',
  'amz',
  'availability zone',
]
const WELL = [
  '(itself|alone|selbst) (is |was |looks |)(ok|fine|good|healthy|green|well)',
  '(is|are|was|were|looks|ist|sind|all|targets) (ok|fine|healthy|green|up|good|well|in ordnung|gesund)',
  '(ok|fine|healthy|green|unchanged|identical)',
  '(works|working|funktioniert) (fine|ok|)',
  'only (passes|passed|forwards|mentioned|the messenger|tells)',
]
const FAILS = [
  `(fail|fails|failed|failing|failure|down|dead|broken|stuck|hang|hangs|hängt|unreachable|unavailable|kaputt|crashes|crash
  |cannot|can t|cant|could not|couldn t|refuses|rejects|throws|returns|times out|timeout|timeouts|timing out|5xx|500|503
  |error|errors|stopped|stops|not working|does not|doesn t|don t|denied|throttled|slow|blocked|lost|impaired
  |degraded|offline|disabled|full|exhausted|expired|fehler|ausfall|abgelaufen|public|deprecated|outdated)`.replace(
    /\s*\n\s*/g,
    '',
  ),
  '(not|never|no longer) (sent|delivered|received|available|arriving|registering|scheduled|responding|triggered|invoked|started|processed|possible|created|replaced|reachable|answering)',
]
const UNSURE = [
  '(no idea|not sure|unsure|unclear|don t know|do not know|dunno|keine ahnung|unklar|can t tell|cannot tell) (if|whether|which|what|who|where|why|ob|welche|was|_)',
  '(could|can|might) be (either|anything|both|aws or|us or)',
  'wrong queue maybe',
  'either _ or',
  'is it (us|aws|ours)',
]
const VAGUE = [
  `(slow|langsam|down|broken|kaputt|error|errors|fehler|fehlermeldung|not working|does not work|doesn t work|geht nicht
  |funktioniert nicht|outage|störung|incident|app|application|anwendung|api|backend|system|website|web site|webseite|site
  |portal|everything|alles|backup|database|datenbank|db|server|service|cluster|deployment|deploy|pipeline|job|batch job
  |latency|performance|timeout|timeouts|monitoring|alert|alarm|login|cloud|network|netzwerk|storage|disk|certificate|cert
  |nothing works|please help|problem|problems|issue|issues|hilfe|dns|url|endpoint|container|host|production|prod|staging|instance|node|cpu|memory|queue|messages)`.replace(
    /\s*\n\s*/g,
    '',
  ),
]

/** What a phrase of so many words counts beside a single word. */
const worth = (words: number, weight: number): number => weight * (1 + 0.5 * (words - 1))

const lexicons = new WeakMap<Catalog, Lexicon>()

export function lexiconOf(catalog: Catalog): Lexicon {
  const known = lexicons.get(catalog)
  if (known) return known
  const tree = new PhraseTree<Meaning>()
  const addAll = (phrases: readonly string[], meaning: Meaning): void => {
    for (const phrase of phrases) tree.add(phrase, meaning, meaning.kind === 'foreign' || meaning.kind === 'aws')
  }
  for (const service of catalog.services) addService(catalog, tree, service)
  for (const hint of documents(catalog, 'hint')) addHint(catalog, tree, hint)
  for (const kind of ['cue', 'error-code'] as const)
    for (const cue of documents(catalog, kind)) {
      const meaning: Meaning = { kind: 'cue', cue }
      // An imperative at the head of a title is meant by its very form: "Schedule" asks, "Scheduled" tells.
      for (const phrase of cue.phrases) tree.add(phrase, meaning, phrase.startsWith(START))
    }
  for (const foreign of documents(catalog, 'foreign')) addAll(foreign.phrases, { kind: 'foreign', foreign })
  addAll(AWS_WORDS, { kind: 'aws' })
  addAll(WELL, { kind: 'well' })
  addAll(FAILS, { kind: 'fails' })
  addAll(UNSURE, { kind: 'unsure' })
  addAll(VAGUE, { kind: 'vague' })
  const deeds = new Map<string, Deed[]>()
  for (const layer of catalog.layers) addLayer(tree, deeds, layer)
  const lexicon = { tree, deeds }
  lexicons.set(catalog, lexicon)
  return lexicon
}

function addService(catalog: Catalog, tree: PhraseTree<Meaning>, service: Service): void {
  const strong: Meaning = { kind: 'service', service, weight: 3 }
  const alias: Meaning = { kind: 'service', service, weight: 2 }
  const weak: Meaning = { kind: 'service', service, weight: 0.7 }
  const factual = catalog.hasFacts(service)
  const names = [service.name, service.id, ...(factual ? service.serviceIds : [])].map(foldName)
  for (const name of new Set(names)) {
    const words = name.split(' ')
    tree.add(`(aws|amazon) ${name}`, strong, true)
    if (words.length > 1 && !words.every((word) => ORDINARY.has(word))) tree.add(name, factual ? strong : alias, true)
    else if (factual) tree.add(name, ORDINARY.has(name) ? weak : strong, true)
  }
  if (!factual) return
  // A single word ("server", "image") says too little to change who owns what.
  for (const variant of service.variants)
    for (const name of new Set([variant.name, ...variant.aliases].map(foldName)))
      if (name.includes(' ')) tree.add(name, { kind: 'variant', service, variant }, true)
  for (const text of service.aliases) {
    const name = foldName(text)
    if (names.includes(name)) continue
    const words = name.split(' ')
    const ordinary = words.every((word) => ORDINARY.has(word))
    tree.add(name, ordinary ? weak : alias, true)
  }
}

function addHint(catalog: Catalog, tree: PhraseTree<Meaning>, hint: Hint): void {
  const service = catalog.service(hint.service)
  if (!service) return
  const strong: Meaning = { kind: 'service', service, weight: 2.5 }
  const weak: Meaning = { kind: 'service', service, weight: 0.8 }
  for (const phrase of hint.strong) tree.add(phrase, strong, true)
  for (const phrase of hint.weak) tree.add(phrase, weak, true)
}

function addLayer(tree: PhraseTree<Meaning>, deeds: Map<string, Deed[]>, layer: Layer): void {
  const { names, phrases, deeds: layerDeeds, not } = layer.vocabulary
  for (const { text, weight } of [...[layer.name, ...names].map((text) => ({ text, weight: 3 })), ...phrases])
    tree.add(text.replace(/[()|]/g, ' '), { kind: 'layer', layer, weight: worth(stemsOf(text).length, weight) })
  for (const text of not) tree.add(text.replace(/[()|]/g, ' '), { kind: 'not-layer', layer })
  for (const { verb, object, weight } of layerDeeds) {
    const stems = stemsOf(verb)
    const [first] = stems
    if (first === undefined) continue
    const deed = {
      layer,
      verb: stems,
      object: object === null ? [] : stemsOf(object),
      weight: weight * (object === null ? 0.5 : 1),
      text: object === null ? verb : `${verb} ${object}`,
    }
    deeds.set(first, [...(deeds.get(first) ?? []), deed])
  }
}
