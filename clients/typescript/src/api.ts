/** Generated from openapi.yaml by `npm run generate:client`; never edited. */

export type None = Record<string, never>

export type Accuracy = {
  judged: number
  corrected: number
  byLayer: {
    /** The layer, team or source; null where a decision names none. */
    value: string | null
    /** Decisions with feedback. */
    judged: number
    /** Those of them that the last feedback called wrong. */
    corrected: number
    accuracy: number
  }[]
  byTeam: {
    /** The layer, team or source; null where a decision names none. */
    value: string | null
    /** Decisions with feedback. */
    judged: number
    /** Those of them that the last feedback called wrong. */
    corrected: number
    accuracy: number
  }[]
  bySource: {
    /** The layer, team or source; null where a decision names none. */
    value: string | null
    /** Decisions with feedback. */
    judged: number
    /** Those of them that the last feedback called wrong. */
    corrected: number
    accuracy: number
  }[]
  revision: number
}

export type Area = {
  id: string
  title: string
  aws: string
  customer: string
  /** The layers that this is about. */
  layers: string[]
  /** The services that this is about. */
  services: string[]
  sources: string[]
  /** Null where it was not confirmed at its sources. */
  verifiedAt: string | null
  revision: number
}

export type AreaSummary = {
  id: string
  title: string
  aws: string
  customer: string
  /** The layers that this is about. */
  layers: string[]
  /** The services that this is about. */
  services: string[]
  sources: string[]
  /** Null where it was not confirmed at its sources. */
  verifiedAt: string | null
}

export type AskAnswer = {
  /** One to three sentences that a bot can say as they are. */
  reply: string
  intent: "who-owns" | "duties" | "compare" | "explain" | "not-about-this"
  /** 0 to 1: how sure it is that this was meant. */
  confidence: number
  /** The best one; null where it asks back or abstains. */
  verdict: Verdict | null
  /** All that the question touches. */
  verdicts: Verdict[]
  /** Only where one more word would decide. */
  clarify: {
    question: string
    options: {
      label: string
      service: string | null
      variant: string | null
      layer: string | null
      /** The owner if this is meant; null where that still depends. */
      owner: "aws" | "customer" | "shared" | "not-applicable" | null
    }[]
  } | null
  related: {
    kind: "stage" | "misconception" | "practice" | "case" | "guide" | "responsibility" | "area" | "takeaway"
    id: string
    title: string
    path: string
  }[]
  /** What was found in the question. */
  understood: {
    services: string[]
    variants: string[]
    layers: string[]
    /** The words that the layer rests on. */
    because: string[]
  }
  revision: number
}

export type Assignment = {
  id: string
  /** The id of the team that takes the slice. */
  team: string
  service: string | null
  layer: string | null
  /** A variant of the service, which must be named beside it. */
  variant: string | null
  account: string | null
  /** Such as production; compared without regard to case. */
  environment: string | null
  /** The resource's tags that must all have these values. */
  tags: Record<string, string>
  revision: number
}

export type AssignmentSummary = {
  id: string
  /** The id of the team that takes the slice. */
  team: string
  service: string | null
  layer: string | null
  /** A variant of the service, which must be named beside it. */
  variant: string | null
  account: string | null
  /** Such as production; compared without regard to case. */
  environment: string | null
  /** The resource's tags that must all have these values. */
  tags: Record<string, string>
}

export type Case = {
  id: string
  title: string
  summary: string
  whatHappened: string
  ownership: string
  lesson: string
  steps: string[]
  corrections: {
    claim: string
    correction: string
    since?: string
    sources: string[]
  }[]
  /** The layers that this is about. */
  layers: string[]
  /** The services that this is about. */
  services: string[]
  sources: string[]
  /** Null where it was not confirmed at its sources. */
  verifiedAt: string | null
  revision: number
}

export type CaseSummary = {
  id: string
  title: string
  summary: string
  whatHappened: string
  ownership: string
  lesson: string
  steps: string[]
  corrections: {
    claim: string
    correction: string
    since?: string
    sources: string[]
  }[]
  /** The layers that this is about. */
  layers: string[]
  /** The services that this is about. */
  services: string[]
  sources: string[]
  /** Null where it was not confirmed at its sources. */
  verifiedAt: string | null
}

export type Change = {
  revision: number
  time: string
  /** seed, the name of a key, or oidc: and the subject of a token. */
  actor: string
  reason: string
  origin: "seed" | "organisation"
  /** The release of our data that it brought in. */
  release: string | null
  /** How many records of each kind it touched. */
  counts: {
    kind: "layers" | "models" | "services" | "rules" | "articles" | "signals" | "shipped" | "teams" | "assignments" | "routingRules"
    edits: number
  }[]
  /** How many records it touched. */
  total: number
  /** What it touched; empty where it is truncated. */
  edits: Edit[]
  /** True where the edits are too many for a list: GET /v1/changes/{revision}. */
  truncated: boolean
}

export type ChangeEdits = {
  items: Edit[]
  /** Null on the last page. */
  nextCursor: string | null
  /** How many items there are on all pages together. */
  total: number
  revision: number
  change: ChangeHead
}

export type ChangeHead = {
  revision: number
  time: string
  /** seed, the name of a key, or oidc: and the subject of a token. */
  actor: string
  reason: string
  origin: "seed" | "organisation"
  /** The release of our data that it brought in. */
  release: string | null
  /** How many records of each kind it touched. */
  counts: {
    kind: "layers" | "models" | "services" | "rules" | "articles" | "signals" | "shipped" | "teams" | "assignments" | "routingRules"
    edits: number
  }[]
  /** How many records it touched. */
  total: number
}

export type CreatedKey = {
  key: Key
  /** The key to send as bearer. It is shown here and never again. */
  secret: string
  revision: number
}

export type DataSet = {
  /** What this file is, and in which shape. */
  format: "responsibility-matrix/1"
  /** The seed's release that the shipped records are of. */
  release: string | null
  revision: number
  at: string
  layers: {
    id: string
    name: string
    position: number
    covers: string
    controls: string[]
    vocabulary: {
      names: string[]
      phrases: {
        text: string
        weight: number
      }[]
      deeds: {
        verb: string
        object: string | null
        weight: number
      }[]
      not: string[]
      confusable: {
        with: string
        decidedBy: string
      }[]
    }
  }[]
  models: {
    id: "iaas" | "paas" | "saas"
    name: string
    summary: string
    aws: string
    customer: string
    examples: string[]
  }[]
  services: {
    id: string
    name: string
    category: string
    model: "iaas" | "paas" | "saas"
    modelReason: string | null
    summary: string
    partOf: string | null
    aliases: string[]
    serviceIds: string[]
    identifiers: {
      arn: string[]
      arnResourceTypes: string[]
      cloudformation: string[]
      asffResourceTypes: string[]
      iamPrefix: string[]
      eventSource: string[]
      endpoint: string[]
      productCode: string[]
      preferred: string[]
    }
    variants: {
      id: string
      name: string
      aliases: string[]
      summary: string
      parent: string | null
    }[]
    pitfalls: string[]
    notes: string[]
    lifecycle: {
      status: "maintenance" | "closed-to-new-customers" | "ending" | "ended"
      closedToNewCustomers?: string
      endsOn?: string
      note: string
      sources: string[]
    } | null
    sources: string[]
    origin: "seed" | "organisation"
  }[]
  rules: {
    id: string
    scope: "organisation" | "variant" | "service" | "model" | "layer"
    subject: string
    layer: string
    owner: "aws" | "customer" | "shared" | "not-applicable"
    aws: string | null
    customer: string | null
    lead: "aws" | "customer" | null
    leadReason: string | null
    flip: {
      when: string
      lead: "aws" | "customer"
    } | null
    sources: string[]
    verifiedAt: string | null
    origin: "seed" | "organisation"
    reason: string | null
    ground: {
      owner: "aws" | "customer" | "shared" | "not-applicable"
      aws: string | null
      customer: string | null
      lead: "aws" | "customer" | null
      leadReason: string | null
      flip: {
        when: string
        lead: "aws" | "customer"
      } | null
      sources: string[]
      verifiedAt: string | null
      scope: "organisation" | "variant" | "service" | "model" | "layer"
      subject: string
    } | null
  }[]
  articles: {
    id: string
    kind: "stage"
    position: number
    document: {
      id: string
      name: string
      position: number
      summary: string
      /** The customer's duty at this stage. */
      customer: string
      /** AWS's duty at this stage. */
      aws: string
      /** The seed article's own cells. */
      article: {
        customer: string
        aws: string
      }
      /** The layers that this is about. */
      layers: string[]
      /** The services that this is about. */
      services: string[]
      sources: string[]
      /** Null where it was not confirmed at its sources. */
      verifiedAt: string | null
    }
  } | {
    id: string
    kind: "misconception"
    position: number
    document: {
      id: string
      title: string
      belief: string
      correction: string
      examples: {
        service: string
        layer: string
        text: string
      }[]
      /** How people say it. */
      phrases: string[]
      corrections: {
        claim: string
        correction: string
        since?: string
        sources: string[]
      }[]
      fromArticle: boolean
      /** The layers that this is about. */
      layers: string[]
      /** The services that this is about. */
      services: string[]
      sources: string[]
      /** Null where it was not confirmed at its sources. */
      verifiedAt: string | null
    }
  } | {
    id: string
    kind: "practice"
    position: number
    document: {
      id: string
      title: string
      summary: string
      why: string
      steps: string[]
      corrections: {
        claim: string
        correction: string
        since?: string
        sources: string[]
      }[]
      /** The layers that this is about. */
      layers: string[]
      /** The services that this is about. */
      services: string[]
      sources: string[]
      /** Null where it was not confirmed at its sources. */
      verifiedAt: string | null
    }
  } | {
    id: string
    kind: "case"
    position: number
    document: {
      id: string
      title: string
      summary: string
      whatHappened: string
      ownership: string
      lesson: string
      steps: string[]
      corrections: {
        claim: string
        correction: string
        since?: string
        sources: string[]
      }[]
      /** The layers that this is about. */
      layers: string[]
      /** The services that this is about. */
      services: string[]
      sources: string[]
      /** Null where it was not confirmed at its sources. */
      verifiedAt: string | null
    }
  } | {
    id: string
    kind: "guide"
    position: number
    document: {
      id: string
      title: string
      summary: string
      /** What is wrong or out of date in the seed article's version. */
      problem: string
      blocks: {
        title: string
        language: "json" | "shell"
        kind: "iam-policy" | "bucket-policy" | "cli"
        status: "outdated" | "recommended"
        code: string
        explanation: string
      }[]
      steps: string[]
      corrections: {
        claim: string
        correction: string
        since?: string
        sources: string[]
      }[]
      /** The layers that this is about. */
      layers: string[]
      /** The services that this is about. */
      services: string[]
      sources: string[]
      /** Null where it was not confirmed at its sources. */
      verifiedAt: string | null
    }
  } | {
    id: string
    kind: "responsibility"
    position: number
    document: {
      id: string
      side: "aws" | "customer"
      title: string
      summary: string
      corrections: {
        claim: string
        correction: string
        since?: string
        sources: string[]
      }[]
      /** The layers that this is about. */
      layers: string[]
      /** The services that this is about. */
      services: string[]
      sources: string[]
      /** Null where it was not confirmed at its sources. */
      verifiedAt: string | null
    }
  } | {
    id: string
    kind: "area"
    position: number
    document: {
      id: string
      title: string
      aws: string
      customer: string
      /** The layers that this is about. */
      layers: string[]
      /** The services that this is about. */
      services: string[]
      sources: string[]
      /** Null where it was not confirmed at its sources. */
      verifiedAt: string | null
    }
  } | {
    id: string
    kind: "takeaway"
    position: number
    document: {
      id: string
      text: string
      /** The layers that this is about. */
      layers: string[]
      /** The services that this is about. */
      services: string[]
      sources: string[]
      /** Null where it was not confirmed at its sources. */
      verifiedAt: string | null
    }
  }[]
  signals: {
    id: string
    kind: "control"
    document: {
      id: string
      title: string
      service: string | null
      layer: string
      otherLayers: string[]
      severity: "low" | "medium" | "high" | "critical" | null
      resourceType: string | null
      configRule: string | null
      legacyIds: string[]
    }
  } | {
    id: string
    kind: "finding-type"
    document: {
      id: string
      match: "exact" | "segment"
      service: string | null
      layer: string
      otherLayers: string[]
      byResource: {
        type: string
        service: string
        layer: string
      }[]
      reason: string
    }
  } | {
    id: string
    kind: "event-code"
    document: {
      id: string
      match: "exact" | "prefix" | "suffix" | "category"
      service: string | null
      layer: string
      otherLayers: string[]
      owner: "aws" | "customer" | "shared" | "not-applicable"
      acts: "aws" | "customer" | "none"
      openCase: boolean
      reason: string
      seen: boolean
    }
  } | {
    id: string
    kind: "metric"
    document: {
      id: string
      namespace: string
      metric: string | null
      service: string
      layer: string
      side: "aws" | "customer" | null
      reason: string
    }
  } | {
    id: string
    kind: "error-code"
    document: {
      id: string
      phrases: string[]
      side: "aws" | "customer"
      weight: number
      layer: string | null
      services: string[]
      notServices: string[]
      acts: "aws" | "customer" | "none" | null
      openCase: boolean | null
      reason: string
    }
  } | {
    id: string
    kind: "cue"
    document: {
      id: string
      phrases: string[]
      side: "aws" | "customer"
      weight: number
      layer: string | null
      services: string[]
      notServices: string[]
      acts: "aws" | "customer" | "none" | null
      openCase: boolean | null
      reason: string
    }
  } | {
    id: string
    kind: "hint"
    document: {
      service: string
      strong: string[]
      weak: string[]
    }
  } | {
    id: string
    kind: "foreign"
    document: {
      id: string
      what: "other-cloud" | "other-place" | "on-premises" | "office" | "facility" | "business" | "saas" | "private" | "lookalike"
      weight: number
      insteadOf: string | null
      phrases: string[]
    }
  } | {
    id: string
    kind: "support-service"
    document: {
      service: string
      code: string
      category: string
      seen: boolean
    }
  }[]
  shipped: {
    id: string
    kind: "services"
    document: {
      id: string
      name: string
      category: string
      model: "iaas" | "paas" | "saas"
      modelReason: string | null
      summary: string
      partOf: string | null
      aliases: string[]
      serviceIds: string[]
      identifiers: {
        arn: string[]
        arnResourceTypes: string[]
        cloudformation: string[]
        asffResourceTypes: string[]
        iamPrefix: string[]
        eventSource: string[]
        endpoint: string[]
        productCode: string[]
        preferred: string[]
      }
      variants: {
        id: string
        name: string
        aliases: string[]
        summary: string
        parent: string | null
      }[]
      pitfalls: string[]
      notes: string[]
      lifecycle: {
        status: "maintenance" | "closed-to-new-customers" | "ending" | "ended"
        closedToNewCustomers?: string
        endsOn?: string
        note: string
        sources: string[]
      } | null
      sources: string[]
      origin: "seed" | "organisation"
    }
  } | {
    id: string
    kind: "rules"
    document: {
      id: string
      scope: "organisation" | "variant" | "service" | "model" | "layer"
      subject: string
      layer: string
      owner: "aws" | "customer" | "shared" | "not-applicable"
      aws: string | null
      customer: string | null
      lead: "aws" | "customer" | null
      leadReason: string | null
      flip: {
        when: string
        lead: "aws" | "customer"
      } | null
      sources: string[]
      verifiedAt: string | null
      origin: "seed" | "organisation"
      reason: string | null
      ground: {
        owner: "aws" | "customer" | "shared" | "not-applicable"
        aws: string | null
        customer: string | null
        lead: "aws" | "customer" | null
        leadReason: string | null
        flip: {
          when: string
          lead: "aws" | "customer"
        } | null
        sources: string[]
        verifiedAt: string | null
        scope: "organisation" | "variant" | "service" | "model" | "layer"
        subject: string
      } | null
    }
  }[]
  teams: {
    id: string
    name: string
    /** The queue, project key or assignment group that its tickets go to. */
    queue: string
    /** An e-mail address, channel or pager. */
    contact: string | null
  }[]
  assignments: {
    id: string
    /** The id of the team that takes the slice. */
    team: string
    service: string | null
    layer: string | null
    /** A variant of the service, which must be named beside it. */
    variant: string | null
    account: string | null
    /** Such as production; compared without regard to case. */
    environment: string | null
    /** The resource's tags that must all have these values. */
    tags: Record<string, string>
  }[]
  routingRules: {
    id: string
    position: number
    when: {
      service?: string[]
      variant?: string[]
      layer?: string[]
      /** Whose layer it is. */
      owner?: ("aws" | "customer" | "shared" | "not-applicable")[]
      account?: string[]
      region?: string[]
      environment?: string[]
      /** These must all be there. */
      tags?: Record<string, string>
      severity?: string[]
      /** The system that the ticket comes from, such as jira. */
      source?: string[]
      /** A label of the ticket. */
      label?: string[]
      /** Words that the title contains. */
      title?: string[]
      /** Words that the title or the description contains. */
      text?: string[]
    }
    then: {
      team: string
    } | {
      awsSupport: true
    } | {
      triage: true
    }
    note: string | null
  }[]
}

export type Decision = {
  /** Null where nothing is stored. */
  decisionId: string | null
  /** The same event was decided before; this is that decision. */
  duplicate?: true
  /** Why it was not stored, where it should have been. */
  note?: string
  outcome: "routed" | "needs-triage" | "not-aws"
  /** Whose layer it is; on a shared layer, the side that leads in this ticket. */
  owner: "aws" | "customer" | null
  /** Who must do something now. */
  nextActor: "aws" | "customer" | "none" | null
  openAwsCase: boolean
  destination: {
    kind: "team" | "aws-support" | "triage"
    /** Null for AWS Support, for triage, and where no team is set up for it. */
    team: {
      id: string
      name: string
      /** The queue, project key or assignment group that its tickets go to. */
      queue: string
    } | null
    awsSupport: {
      /** The service code. */
      service: string
      /** The category code. */
      category: string
      severity: "low" | "normal" | "high" | "urgent" | "critical"
      /** False where the codes follow the pattern of the others but were not met in use. */
      verified: boolean
      /** What AWS will ask for: attach it at once. */
      attach: string[]
    } | null
    /** What decided among the teams; null where nothing was asked. */
    matched: {
      by: "rule" | "assignment" | "default"
      id: string | null
      /** The id of the team, or aws-support or triage. */
      to: string
    } | null
    /** What would have taken it otherwise, in order. */
    alsoMatched: {
      by: "rule" | "assignment" | "default"
      id: string | null
      /** The id of the team, or aws-support or triage. */
      to: string
    }[]
  }
  service: {
    id: string
    name: string
    model: "iaas" | "paas" | "saas"
  } | null
  layer: {
    id: string
    name: string
  } | null
  variant: {
    id: string
    name: string
  } | null
  confidence: number
  verdict: Verdict | null
  explanation: {
    step: "service" | "variant" | "layer" | "signal" | "side" | "flip" | "cue" | "belonging" | "unsure" | "destination"
    found: string
    because: string
    evidence: {
      /** Where in the input the words stand: title, labels[1], resource. */
      field: string
      /** The very words. */
      text: string
    }
  }[]
  alternatives: {
    service: {
      id: string
      name: string
    } | null
    layer: {
      id: string
      name: string
    } | null
    owner: "aws" | "customer" | null
    because: string
  }[]
  nextActions: string[]
  /** The routing rule that decided, where one did. */
  rule: {
    id: string
    position: number
    note: string | null
  } | null
  /** Whom the ticket is assigned to already; the answer does not change it. */
  keptAssignee: string | null
  revision: number
}

export type DecisionHead = {
  id: string
  at: string
  /** Who sent the ticket: the name of a key, oidc: and a subject, or hook: and the source. */
  actor: string
  /** The system that the ticket comes from. */
  source: string | null
  outcome: "routed" | "needs-triage" | "not-aws"
  owner: "aws" | "customer" | null
  service: string | null
  layer: string | null
  team: string | null
  /** Of the ticket, masked. */
  title: string
  confidence: number
  /** Whether the last feedback said that it was wrong; null without any. */
  corrected: boolean | null
  /** The revision of the data that it was decided on. */
  decidedAt: number
}

export type DecisionList = {
  items: DecisionHead[]
  /** Null on the last page. */
  nextCursor: string | null
  total: number
  revision: number
}

export type Decisions = {
  items: {
    id?: string
    status: number
    decision?: Decision
    problem?: {
      type: string
      title: string
      status: number
      detail: string
      suggestions?: {
        id: string
        name: string
      }[]
      candidates?: {
        id: string
        name: string
      }[]
    }
  }[]
  revision: number
}

export type Difference = {
  created: string[]
  replaced: string[]
  removed: string[]
  unchanged: string[]
  skipped: string[]
}

export type Duties = {
  /** Whose duties these are. */
  owner: "aws" | "customer"
  layers: {
    layer: {
      id: string
      name: string
    }
    duties: {
      service: {
        id: string
        name: string
      }
      owner: "aws" | "customer" | "shared" | "not-applicable"
      lead: "aws" | "customer" | null
      duty: string
      flip: {
        when: string
        lead: "aws" | "customer"
      } | null
      sources: {
        url: string
        verifiedAt: string | null
      }[]
      verified: boolean
    }[]
  }[]
  /** How many duties there are on all layers together. */
  total: number
  revision: number
}

export type Edit = {
  kind: "layers" | "models" | "services" | "rules" | "articles" | "signals" | "shipped" | "teams" | "assignments" | "routingRules"
  /** Of the record within its kind: service/rds/data is a rule. */
  id: string
  /** What stood before; null where the change added it. */
  before: Record<string, unknown> | null
  /** What stands after; null where the change removed it. */
  after: Record<string, unknown> | null
}

export type EventReply = {
  /** Whether there is anything to route in the event. */
  routable: boolean
  /** Why there is nothing to route, such as passed, archived or ping; else null. */
  reason: string | null
  outcome: "routed" | "needs-triage" | "not-aws" | null
  /** Whose layer it is; on a shared layer, the side that leads in this ticket. */
  owner: "aws" | "customer" | null
  /** Who must do something now. */
  nextActor: "aws" | "customer" | "none" | null
  /** Whether a case with AWS Support should be opened. */
  openAwsCase: boolean
  service: string | null
  layer: string | null
  destination: "team" | "aws-support" | "triage" | null
  /** The name of the team that takes it. */
  team: string | null
  /** The queue of that team. */
  queue: string | null
  /** Why, in a few lines of plain text, fit for a comment. */
  explanation: string
  /** The ticket has an assignee already; this is advice and must not replace them. */
  keptExisting: boolean
  decisionId: string | null
  /** What the event is known by when it comes again. */
  eventId: string | null
  /** Jira: the body of PUT /rest/api/2/issue/{key}, as its `update`. */
  update?: {
    labels: {
      add: string
    }[]
    comment: {
      add: {
        body: string
      }
    }[]
  }
  /** ServiceNow: the name of the group to assign to. */
  assignment_group?: string | null
  /** ServiceNow: the text for the work notes. */
  work_notes?: string
  /** Zendesk: the body of PUT /api/v2/tickets/{id}.json. */
  ticket?: {
    comment: {
      body: string
      public: boolean
    }
  }
  /** PagerDuty: the `payload` of an event for the Events API v2. */
  payload?: {
    summary: string
    source: string
    severity: "critical" | "error" | "warning" | "info"
    component: string | null
    class: string | null
    group: string | null
    custom_details: Record<string, string>
  }
  /** GitHub: the body of a comment on the issue. */
  comment?: {
    body: string
  }
  /** GitHub: the labels to add to the issue. */
  labels?: string[]
  /** Security Hub CSPM: the input of BatchUpdateFindings. */
  batchUpdateFindings?: {
    FindingIdentifiers: {
      Id: string
      ProductArn: string
    }[]
    Workflow: {
      Status: "NOTIFIED" | "SUPPRESSED" | "RESOLVED"
    }
    Note: {
      Text: string
      UpdatedBy: string
    }
    UserDefinedFields: Record<string, string>
  }
  /** Security Hub: the input of BatchUpdateFindingsV2. */
  batchUpdateFindingsV2?: {
    FindingIdentifiers: {
      CloudAccountUid: string
      FindingInfoUid: string
      MetadataProductUid: string
    }[]
    Comment: string
    /** 2: in progress. */
    StatusId: number
  }
  /** Slack: who sees the answer. */
  response_type?: "ephemeral"
  /** Slack: the answer. */
  text?: string
  decision: Decision | null
}

export type Feedback = {
  id: string
  at: string
  actor: string
  correct: boolean
  service?: string
  layer?: string
  owner?: "aws" | "customer"
  team?: string
  note?: string
}

export type FeedbackAnswer = {
  id: string
  at: string
  actor: string
  correct: boolean
  service?: string
  layer?: string
  owner?: "aws" | "customer"
  team?: string
  note?: string
  revision: number
}

export type Guide = {
  id: string
  title: string
  summary: string
  /** What is wrong or out of date in the seed article's version. */
  problem: string
  blocks: {
    title: string
    language: "json" | "shell"
    kind: "iam-policy" | "bucket-policy" | "cli"
    status: "outdated" | "recommended"
    code: string
    explanation: string
  }[]
  steps: string[]
  corrections: {
    claim: string
    correction: string
    since?: string
    sources: string[]
  }[]
  /** The layers that this is about. */
  layers: string[]
  /** The services that this is about. */
  services: string[]
  sources: string[]
  /** Null where it was not confirmed at its sources. */
  verifiedAt: string | null
  revision: number
}

export type GuideSummary = {
  id: string
  title: string
  summary: string
  /** What is wrong or out of date in the seed article's version. */
  problem: string
  blocks: {
    title: string
    language: "json" | "shell"
    kind: "iam-policy" | "bucket-policy" | "cli"
    status: "outdated" | "recommended"
    code: string
    explanation: string
  }[]
  steps: string[]
  corrections: {
    claim: string
    correction: string
    since?: string
    sources: string[]
  }[]
  /** The layers that this is about. */
  layers: string[]
  /** The services that this is about. */
  services: string[]
  sources: string[]
  /** Null where it was not confirmed at its sources. */
  verifiedAt: string | null
}

export type HookReply = {
  /** Whether there is anything to route in the event. */
  routable: boolean
  /** Why there is nothing to route, such as passed, archived or ping; else null. */
  reason: string | null
  outcome: "routed" | "needs-triage" | "not-aws" | null
  /** Whose layer it is; on a shared layer, the side that leads in this ticket. */
  owner: "aws" | "customer" | null
  /** Who must do something now. */
  nextActor: "aws" | "customer" | "none" | null
  /** Whether a case with AWS Support should be opened. */
  openAwsCase: boolean
  service: string | null
  layer: string | null
  destination: "team" | "aws-support" | "triage" | null
  /** The name of the team that takes it. */
  team: string | null
  /** The queue of that team. */
  queue: string | null
  /** Why, in a few lines of plain text, fit for a comment. */
  explanation: string
  /** The ticket has an assignee already; this is advice and must not replace them. */
  keptExisting: boolean
  decisionId: string | null
  /** What the event is known by when it comes again. */
  eventId: string | null
  /** Jira: the body of PUT /rest/api/2/issue/{key}, as its `update`. */
  update?: {
    labels: {
      add: string
    }[]
    comment: {
      add: {
        body: string
      }
    }[]
  }
  /** ServiceNow: the name of the group to assign to. */
  assignment_group?: string | null
  /** ServiceNow: the text for the work notes. */
  work_notes?: string
  /** Zendesk: the body of PUT /api/v2/tickets/{id}.json. */
  ticket?: {
    comment: {
      body: string
      public: boolean
    }
  }
  /** PagerDuty: the `payload` of an event for the Events API v2. */
  payload?: {
    summary: string
    source: string
    severity: "critical" | "error" | "warning" | "info"
    component: string | null
    class: string | null
    group: string | null
    custom_details: Record<string, string>
  }
  /** GitHub: the body of a comment on the issue. */
  comment?: {
    body: string
  }
  /** GitHub: the labels to add to the issue. */
  labels?: string[]
  /** Security Hub CSPM: the input of BatchUpdateFindings. */
  batchUpdateFindings?: {
    FindingIdentifiers: {
      Id: string
      ProductArn: string
    }[]
    Workflow: {
      Status: "NOTIFIED" | "SUPPRESSED" | "RESOLVED"
    }
    Note: {
      Text: string
      UpdatedBy: string
    }
    UserDefinedFields: Record<string, string>
  }
  /** Security Hub: the input of BatchUpdateFindingsV2. */
  batchUpdateFindingsV2?: {
    FindingIdentifiers: {
      CloudAccountUid: string
      FindingInfoUid: string
      MetadataProductUid: string
    }[]
    Comment: string
    /** 2: in progress. */
    StatusId: number
  }
  /** Slack: who sees the answer. */
  response_type?: "ephemeral"
  /** Slack: the answer. */
  text?: string
  decision: Decision | null
  source: "security-hub" | "ocsf" | "guardduty" | "aws-health" | "aws-config" | "cloudwatch" | "eventbridge" | "jira" | "servicenow" | "zendesk" | "pagerduty" | "github" | "slack"
  /** The same delivery or event was answered before; this is that answer. */
  duplicate: boolean
  /** The further events of the delivery, those to be routed first. */
  others: EventReply[]
}

export type ImportAnswer = {
  mode: "merge" | "replace"
  dryRun: boolean
  /** False for a dry run, and where nothing had to change. */
  committed: boolean
  /** By kind of record: the ids that come, change, go, stay, and those of shipped records that a merge skips. */
  changes: {
    layers?: Difference
    models?: Difference
    services?: Difference
    rules?: Difference
    articles?: Difference
    signals?: Difference
    shipped?: Difference
    teams?: Difference
    assignments?: Difference
    routingRules?: Difference
  }
  revision: number
}

export type Key = {
  /** The public part of the key, by which it is revoked. */
  id: string
  /** What the change log calls its holder. */
  name: string
  scope: "read" | "route" | "write" | "admin"
  status: "active" | "expired" | "revoked"
  createdAt: string
  createdBy: string
  expiresAt: string | null
  revokedAt: string | null
  revokedBy: string | null
  /** To the minute; null before its first use. */
  lastUsedAt: string | null
}

export type Layer = {
  id: string
  name: string
  /** 1 is the bottom of the stack. */
  position: number
  covers: string
  /** Who owns it in general, where no service is named. */
  owner: "aws" | "customer" | "shared" | "not-applicable"
  /** NIST SP 800-53 rev 5 controls that it feeds: our judgement, a mapping and no attestation. */
  nistControls: string[]
  /** Other names that mean this layer. */
  names: string[]
  /** The verdict where no service is named. */
  general: Verdict
  /** Its owner on every service. */
  services: {
    id: string
    name: string
    owner: "aws" | "customer" | "shared" | "not-applicable"
  }[]
  revision: number
}

export type LayerSummary = {
  id: string
  name: string
  /** 1 is the bottom of the stack. */
  position: number
  covers: string
  /** Who owns it in general, where no service is named. */
  owner: "aws" | "customer" | "shared" | "not-applicable"
  /** NIST SP 800-53 rev 5 controls that it feeds: our judgement, a mapping and no attestation. */
  nistControls: string[]
}

export type LayerVerdicts = {
  items: Verdict[]
  total: number
  revision: number
}

export type LoggedDecision = {
  id: string
  at: string
  /** Who sent the ticket: the name of a key, oidc: and a subject, or hook: and the source. */
  actor: string
  /** The system that the ticket comes from. */
  source: string | null
  outcome: "routed" | "needs-triage" | "not-aws"
  owner: "aws" | "customer" | null
  service: string | null
  layer: string | null
  team: string | null
  /** Of the ticket, masked. */
  title: string
  confidence: number
  /** Whether the last feedback said that it was wrong; null without any. */
  corrected: boolean | null
  /** The revision of the data that it was decided on. */
  decidedAt: number
  ticket: Record<string, unknown>
  decision: Decision
  router: {
    version: string
    threshold: number
    defaultTeam: string | null
  }
  /** Oldest first; the last counts. */
  feedback: Feedback[]
  replay: Replay | null
  revision: number
}

export type Matrix = {
  /** From the bottom of the stack to its top; the cells of every row are in this order. */
  layers: {
    id: string
    name: string
  }[]
  rows: {
    id: string
    name: string
    model: "iaas" | "paas" | "saas"
    category: string
    variant: {
      id: string
      name: string
    } | null
    cells: {
      layer: string
      owner: "aws" | "customer" | "shared" | "not-applicable"
      lead: "aws" | "customer" | null
      verified: boolean
      scope: "organisation" | "variant" | "service" | "model" | "layer"
    }[]
  }[]
  revision: number
}

export type Misconception = {
  id: string
  title: string
  belief: string
  correction: string
  examples: {
    service: string
    layer: string
    text: string
  }[]
  /** How people say it. */
  phrases: string[]
  corrections: {
    claim: string
    correction: string
    since?: string
    sources: string[]
  }[]
  fromArticle: boolean
  /** The layers that this is about. */
  layers: string[]
  /** The services that this is about. */
  services: string[]
  sources: string[]
  /** Null where it was not confirmed at its sources. */
  verifiedAt: string | null
  revision: number
}

export type MisconceptionSummary = {
  id: string
  title: string
  belief: string
  correction: string
  examples: {
    service: string
    layer: string
    text: string
  }[]
  /** How people say it. */
  phrases: string[]
  corrections: {
    claim: string
    correction: string
    since?: string
    sources: string[]
  }[]
  fromArticle: boolean
  /** The layers that this is about. */
  layers: string[]
  /** The services that this is about. */
  services: string[]
  sources: string[]
  /** Null where it was not confirmed at its sources. */
  verifiedAt: string | null
}

export type Model = {
  id: "iaas" | "paas" | "saas"
  name: string
  summary: string
  aws: string
  customer: string
  examples: string[]
  /** Its verdict on each layer, where a service states no other. */
  defaults: Verdict[]
  serviceCount: number
  revision: number
}

export type ModelSummary = {
  id: "iaas" | "paas" | "saas"
  name: string
  summary: string
  aws: string
  customer: string
  examples: string[]
}

export type OscalBackMatter = {
  resources: {
    uuid: string
    title: string
    rlinks: {
      href: string
      'media-type'?: string
    }[]
  }[]
}

export type OscalComponentDefinition = {
  'component-definition': {
    uuid: string
    metadata: OscalMetadata
    components: {
      uuid: string
      type: "service"
      title: string
      description: string
      props: OscalProperty[]
      links?: OscalLink[]
      'responsible-roles': {
        'role-id': "provider" | "customer"
      }[]
      'control-implementations': {
        uuid: string
        source: string
        description: string
        'implemented-requirements': {
          uuid: string
          'control-id': string
          description: string
          props: OscalProperty[]
          links?: OscalLink[]
          'responsible-roles': {
            'role-id': "provider" | "customer"
          }[]
        }[]
      }[]
      remarks?: string
    }[]
    'back-matter': OscalBackMatter
  }
}

export type OscalLink = {
  href: string
  rel: "reference"
}

export type OscalMetadata = {
  title: string
  'last-modified': string
  /** The revision of the data. */
  version: string
  'oscal-version': "1.2.1" | "1.1.3"
  props: OscalProperty[]
  roles: {
    id: "provider" | "customer"
    title: string
  }[]
  parties: {
    uuid: string
    type: "organization"
    name: string
  }[]
  'responsible-parties': {
    'role-id': "provider" | "customer"
    'party-uuids': string[]
  }[]
  remarks: string
}

export type OscalProperty = {
  name: string
  uuid?: string
  ns?: string
  value: string
  class?: string
  remarks?: string
}

export type OscalSystemSecurityPlan = {
  'system-security-plan': {
    uuid: string
    metadata: OscalMetadata
    'import-profile': {
      href: string
      remarks: string
    }
    'system-characteristics': {
      'system-ids': {
        'identifier-type': string
        id: string
      }[]
      'system-name': string
      description: string
      'system-information': {
        'information-types': {
          uuid: string
          title: string
          description: string
        }[]
      }
      status: {
        state: "other"
        remarks: string
      }
      'authorization-boundary': {
        description: string
      }
      remarks: string
    }
    'system-implementation': {
      users: {
        uuid: string
        title: string
        'role-ids': ("provider" | "customer")[]
      }[]
      components: {
        uuid: string
        type: "this-system" | "service"
        title: string
        description: string
        props?: OscalProperty[]
        links?: OscalLink[]
        status: {
          state: "operational" | "disposition" | "other"
        }
        'responsible-roles'?: {
          'role-id': "provider" | "customer"
        }[]
        remarks?: string
      }[]
    }
    'control-implementation': {
      description: string
      'implemented-requirements': {
        uuid: string
        'control-id': string
        props: OscalProperty[]
        'by-components': {
          'component-uuid': string
          uuid: string
          description: string
          export: {
            provided?: {
              uuid: string
              description: string
              props: OscalProperty[]
              links?: OscalLink[]
              'responsible-roles': {
                'role-id': "provider" | "customer"
              }[]
              remarks?: string
            }[]
            responsibilities?: {
              uuid: string
              description: string
              props: OscalProperty[]
              links?: OscalLink[]
              'responsible-roles': {
                'role-id': "provider" | "customer"
              }[]
              remarks?: string
              /** What AWS provides on the same layer, where it is shared. */
              'provided-uuid'?: string
            }[]
          }
        }[]
      }[]
    }
    'back-matter': OscalBackMatter
  }
}

export type OwnerAnswer = {
  service: {
    id: string
    name: string
    model: "iaas" | "paas" | "saas"
  } | null
  variant: {
    id: string
    name: string
  } | null
  layer: {
    id: string
    name: string
  }
  owner: "aws" | "customer" | "shared" | "not-applicable"
  /** The side that moves first; null only where the layer does not apply. */
  lead: "aws" | "customer" | null
  leadReason: string | null
  flip: {
    when: string
    lead: "aws" | "customer"
  } | null
  duties: {
    aws: string | null
    customer: string | null
  }
  /** The customer's team that takes this layer, where one is assigned. */
  team: {
    id: string
    name: string
    queue: string
  } | null
  basis: {
    scope: "organisation" | "variant" | "service" | "model" | "layer"
    subject: string
  }
  overruled: {
    scope: "organisation" | "variant" | "service" | "model" | "layer"
    subject: string
    owner: "aws" | "customer" | "shared" | "not-applicable"
  }[]
  /** Only the variants whose owner differs from this answer. */
  otherVariants: {
    id: string
    name: string
    owner: "aws" | "customer" | "shared" | "not-applicable"
  }[]
  sources: {
    url: string
    verifiedAt: string | null
  }[]
  /** False where the fact was not confirmed at its source or only a model default answers for the service. */
  verified: boolean
  /** Why the organisation decided so, where it overrode the shipped rule. */
  reason: string | null
  lifecycle: {
    status: "maintenance" | "closed-to-new-customers" | "ending" | "ended"
    closedToNewCustomers?: string
    endsOn?: string
    note: string
    sources: string[]
  } | null
  statement: string
  revision: number
  matched: {
    service: {
      input: string
      by: "id" | "name" | "arn" | "cloudformation-type" | "asff-resource-type" | "iam-prefix" | "event-source" | "endpoint" | "product-code" | "word" | "typo"
    } | null
    layer: {
      input: string
      by: "id" | "name" | "phrase" | "words" | "typo"
      evidence: string[]
    }
  }
}

export type OwnerAnswers = {
  items: {
    id?: string
    status: number
    verdict?: OwnerAnswer
    problem?: {
      type: string
      title: string
      status: number
      detail: string
      suggestions?: {
        id: string
        name: string
      }[]
      candidates?: {
        id: string
        name: string
      }[]
    }
  }[]
  revision: number
}

export type Practice = {
  id: string
  title: string
  summary: string
  why: string
  steps: string[]
  corrections: {
    claim: string
    correction: string
    since?: string
    sources: string[]
  }[]
  /** The layers that this is about. */
  layers: string[]
  /** The services that this is about. */
  services: string[]
  sources: string[]
  /** Null where it was not confirmed at its sources. */
  verifiedAt: string | null
  revision: number
}

export type PracticeSummary = {
  id: string
  title: string
  summary: string
  why: string
  steps: string[]
  corrections: {
    claim: string
    correction: string
    since?: string
    sources: string[]
  }[]
  /** The layers that this is about. */
  layers: string[]
  /** The services that this is about. */
  services: string[]
  sources: string[]
  /** Null where it was not confirmed at its sources. */
  verifiedAt: string | null
}

export type Problem = {
  /** A path that serves what this kind of problem means and how to mend it. */
  type: string
  title: string
  status: number
  detail: string
  /** The path that was asked for. */
  instance: string
  requestId: string
  errors?: {
    pointer: string
    message: string
  }[]
  suggestions?: {
    id: string
    name: string
  }[]
  /** What could be meant. */
  candidates?: {
    id: string
    name: string
  }[]
}

export type Removal = {
  removed: string
  revision: number
}

export type Replay = {
  /** By the revision that it was decided on; null where that cannot be read. */
  before: Decision | null
  /** By the data, the settings and the release of today. */
  today: Decision
  /** Whether it would be decided otherwise today. */
  different: boolean
  differences: {
    field: string
    before: string
    today: string
  }[]
}

export type ResponsibilitySummary = {
  id: string
  side: "aws" | "customer"
  title: string
  summary: string
  corrections: {
    claim: string
    correction: string
    since?: string
    sources: string[]
  }[]
  /** The layers that this is about. */
  layers: string[]
  /** The services that this is about. */
  services: string[]
  sources: string[]
  /** Null where it was not confirmed at its sources. */
  verifiedAt: string | null
}

export type RevokedKey = {
  /** The public part of the key, by which it is revoked. */
  id: string
  /** What the change log calls its holder. */
  name: string
  scope: "read" | "route" | "write" | "admin"
  status: "active" | "expired" | "revoked"
  createdAt: string
  createdBy: string
  expiresAt: string | null
  revokedAt: string | null
  revokedBy: string | null
  /** To the minute; null before its first use. */
  lastUsedAt: string | null
  revision: number
}

export type RoutingRule = {
  id: string
  position: number
  when: {
    service?: string[]
    variant?: string[]
    layer?: string[]
    /** Whose layer it is. */
    owner?: ("aws" | "customer" | "shared" | "not-applicable")[]
    account?: string[]
    region?: string[]
    environment?: string[]
    /** These must all be there. */
    tags?: Record<string, string>
    severity?: string[]
    /** The system that the ticket comes from, such as jira. */
    source?: string[]
    /** A label of the ticket. */
    label?: string[]
    /** Words that the title contains. */
    title?: string[]
    /** Words that the title or the description contains. */
    text?: string[]
  }
  then: {
    team: string
  } | {
    awsSupport: true
  } | {
    triage: true
  }
  note: string | null
  revision: number
}

export type RoutingRuleSummary = {
  id: string
  position: number
  when: {
    service?: string[]
    variant?: string[]
    layer?: string[]
    /** Whose layer it is. */
    owner?: ("aws" | "customer" | "shared" | "not-applicable")[]
    account?: string[]
    region?: string[]
    environment?: string[]
    /** These must all be there. */
    tags?: Record<string, string>
    severity?: string[]
    /** The system that the ticket comes from, such as jira. */
    source?: string[]
    /** A label of the ticket. */
    label?: string[]
    /** Words that the title contains. */
    title?: string[]
    /** Words that the title or the description contains. */
    text?: string[]
  }
  then: {
    team: string
  } | {
    awsSupport: true
  } | {
    triage: true
  }
  note: string | null
}

export type Rule = {
  owner: "aws" | "customer" | "shared" | "not-applicable"
  aws: string | null
  customer: string | null
  lead: "aws" | "customer" | null
  leadReason: string | null
  flip: {
    when: string
    lead: "aws" | "customer"
  } | null
  sources: string[]
  verifiedAt: string | null
  id: string
  scope: "organisation" | "variant" | "service" | "model" | "layer"
  subject: string
  layer: string
  /** Whether this is as shipped or as the organisation wrote it. */
  origin: "seed" | "organisation"
  /** Why the organisation decided so. */
  reason: string | null
  /** What the seed said in its place when the organisation wrote it. */
  ground: {
    owner: "aws" | "customer" | "shared" | "not-applicable"
    aws: string | null
    customer: string | null
    lead: "aws" | "customer" | null
    leadReason: string | null
    flip: {
      when: string
      lead: "aws" | "customer"
    } | null
    sources: string[]
    verifiedAt: string | null
    scope: "organisation" | "variant" | "service" | "model" | "layer"
    subject: string
  } | null
  revision: number
}

export type RuleRemoval = {
  removed: string
  /** Whether the shipped rule is back in its place. */
  restored: boolean
  /** What holds now. */
  verdict: Verdict
  revision: number
}

export type RuleTest = {
  destination: {
    kind: "team" | "aws-support" | "triage"
    /** Null for AWS Support, for triage, and where no team is set up for it. */
    team: {
      id: string
      name: string
      /** The queue, project key or assignment group that its tickets go to. */
      queue: string
    } | null
    awsSupport: {
      /** The service code. */
      service: string
      /** The category code. */
      category: string
      severity: "low" | "normal" | "high" | "urgent" | "critical"
      /** False where the codes follow the pattern of the others but were not met in use. */
      verified: boolean
      /** What AWS will ask for: attach it at once. */
      attach: string[]
    } | null
    /** What decided among the teams; null where nothing was asked. */
    matched: {
      by: "rule" | "assignment" | "default"
      id: string | null
      /** The id of the team, or aws-support or triage. */
      to: string
    } | null
    /** What would have taken it otherwise, in order. */
    alsoMatched: {
      by: "rule" | "assignment" | "default"
      id: string | null
      /** The id of the team, or aws-support or triage. */
      to: string
    }[]
  }
  decision: Decision
  /** Every rule in the order in which it is asked. */
  rules: {
    id: string
    to: string
    state: "live" | "dead" | "shadowed"
    /** The rule that shadows it. */
    by: string | null
    because: string | null
  }[]
  revision: number
}

export type SearchAnswer = {
  items: SearchHit[]
  total: number
  revision: number
}

export type SearchHit = {
  kind: "service" | "layer" | "stage" | "misconception" | "practice" | "case" | "guide" | "responsibility" | "area" | "takeaway"
  id: string
  title: string
  /** Where it is served. */
  path: string
  /** Higher fits better; comparable within one answer only. */
  score: number
  highlight: {
    text: string
    /** Where the words that fit stand in the text. */
    marks: {
      start: number
      end: number
    }[]
  }
}

export type Service = {
  id: string
  name: string
  category: string
  model: "iaas" | "paas" | "saas"
  modelReason: string | null
  summary: string
  hasFacts: boolean
  partOf: string | null
  aliases: string[]
  serviceIds: string[]
  identifiers: {
    arn: string[]
    arnResourceTypes: string[]
    cloudformation: string[]
    asffResourceTypes: string[]
    iamPrefix: string[]
    eventSource: string[]
    endpoint: string[]
    productCode: string[]
    preferred: string[]
  }
  variants: {
    id: string
    name: string
    aliases: string[]
    summary: string
    parent: string | null
    /** The layers whose owner is another than on the service itself. */
    differs: string[]
  }[]
  pitfalls: string[]
  notes: string[]
  lifecycle: {
    status: "maintenance" | "closed-to-new-customers" | "ending" | "ended"
    closedToNewCustomers?: string
    endsOn?: string
    note: string
    sources: string[]
  } | null
  sources: string[]
  /** How many of the 21 layers each side owns. */
  owners: {
    aws: number
    customer: number
    shared: number
    'not-applicable': number
  }
  /** Whether this is as shipped or as the organisation wrote it. */
  origin: "seed" | "organisation"
  revision: number
}

export type ServiceRemoval = {
  removed: string
  /** The shipped service that is back in its place, where there is one. */
  service: Service | null
  /** The ids of the rules that went with it. */
  rules: string[]
  revision: number
}

export type ServiceSummary = {
  id: string
  name: string
  category: string
  model: "iaas" | "paas" | "saas"
  summary: string
  /** False where only the default of its model answers for the service. */
  hasFacts: boolean
  lifecycle: {
    status: "maintenance" | "closed-to-new-customers" | "ending" | "ended"
    closedToNewCustomers?: string
    endsOn?: string
    note: string
    sources: string[]
  } | null
}

export type SlackMessage = {
  response_type: "ephemeral"
  /** For notifications and screen readers, which do not read blocks. */
  text: string
  blocks: {
    type: "section"
    text: {
      type: "mrkdwn"
      text: string
    }
  } | {
    type: "context"
    elements: {
      type: "mrkdwn"
      text: string
    }[]
  }[]
}

export type Stage = {
  id: string
  name: string
  position: number
  summary: string
  /** The customer's duty at this stage. */
  customer: string
  /** AWS's duty at this stage. */
  aws: string
  /** The seed article's own cells. */
  article: {
    customer: string
    aws: string
  }
  /** The layers that this is about. */
  layers: string[]
  /** The services that this is about. */
  services: string[]
  sources: string[]
  /** Null where it was not confirmed at its sources. */
  verifiedAt: string | null
  revision: number
}

export type StageSummary = {
  id: string
  name: string
  position: number
  summary: string
  /** The customer's duty at this stage. */
  customer: string
  /** AWS's duty at this stage. */
  aws: string
  /** The seed article's own cells. */
  article: {
    customer: string
    aws: string
  }
  /** The layers that this is about. */
  layers: string[]
  /** The services that this is about. */
  services: string[]
  sources: string[]
  /** Null where it was not confirmed at its sources. */
  verifiedAt: string | null
}

export type StaleOverride = {
  id: string
  scope: "organisation" | "variant" | "service" | "model" | "layer"
  subject: string
  layer: string
  reason: string | null
  /** The organisation's rule, which goes on deciding. */
  override: {
    owner: "aws" | "customer" | "shared" | "not-applicable"
    aws: string | null
    customer: string | null
    lead: "aws" | "customer" | null
    leadReason: string | null
    flip: {
      when: string
      lead: "aws" | "customer"
    } | null
    sources: string[]
    verifiedAt: string | null
  }
  /** What the seed said in its place when it was made. */
  ground: {
    owner: "aws" | "customer" | "shared" | "not-applicable"
    aws: string | null
    customer: string | null
    lead: "aws" | "customer" | null
    leadReason: string | null
    flip: {
      when: string
      lead: "aws" | "customer"
    } | null
    sources: string[]
    verifiedAt: string | null
    scope: "organisation" | "variant" | "service" | "model" | "layer"
    subject: string
  } | null
  /** What the seed says now; null where its service, variant or layer is gone. */
  shipped: {
    owner: "aws" | "customer" | "shared" | "not-applicable"
    aws: string | null
    customer: string | null
    lead: "aws" | "customer" | null
    leadReason: string | null
    flip: {
      when: string
      lead: "aws" | "customer"
    } | null
    sources: string[]
    verifiedAt: string | null
    scope: "organisation" | "variant" | "service" | "model" | "layer"
    subject: string
  } | null
}

export type Summary = {
  total: {
    aws: number
    customer: number
    shared: number
    'not-applicable': number
  }
  services: {
    id: string
    name: string
    owners: {
      aws: number
      customer: number
      shared: number
      'not-applicable': number
    }
  }[]
  layers: {
    id: string
    name: string
    owners: {
      aws: number
      customer: number
      shared: number
      'not-applicable': number
    }
  }[]
  revision: number
}

export type TakeawaySummary = {
  id: string
  text: string
  /** The layers that this is about. */
  layers: string[]
  /** The services that this is about. */
  services: string[]
  sources: string[]
  /** Null where it was not confirmed at its sources. */
  verifiedAt: string | null
}

export type Team = {
  id: string
  name: string
  /** The queue, project key or assignment group that its tickets go to. */
  queue: string
  /** An e-mail address, channel or pager. */
  contact: string | null
  revision: number
}

export type TeamSummary = {
  id: string
  name: string
  /** The queue, project key or assignment group that its tickets go to. */
  queue: string
  /** An e-mail address, channel or pager. */
  contact: string | null
}

export type TicketInput = {
  title: string
  description?: string
  labels?: string[]
  /** An ARN, or a CloudFormation, Config or ASFF type. */
  resource?: string
  /** The service by any of its names; outweighs all text. */
  service?: string
  /** The layer by any of its names; outweighs all text. */
  layer?: string
  variant?: string
  /** The AWS account id, twelve digits. */
  account?: string
  region?: string
  /** Such as production or staging. */
  environment?: string
  /** The resource's own tags. */
  tags?: Record<string, string>
  severity?: string
  /** Whom the ticket is assigned to already; the answer leaves it. */
  assignee?: string
  /** Where the ticket lives. */
  source?: {
    system: string
    id?: string
    url?: string
  }
}

export type Verdict = {
  service: {
    id: string
    name: string
    model: "iaas" | "paas" | "saas"
  } | null
  variant: {
    id: string
    name: string
  } | null
  layer: {
    id: string
    name: string
  }
  owner: "aws" | "customer" | "shared" | "not-applicable"
  /** The side that moves first; null only where the layer does not apply. */
  lead: "aws" | "customer" | null
  leadReason: string | null
  flip: {
    when: string
    lead: "aws" | "customer"
  } | null
  duties: {
    aws: string | null
    customer: string | null
  }
  /** The customer's team that takes this layer, where one is assigned. */
  team: {
    id: string
    name: string
    queue: string
  } | null
  basis: {
    scope: "organisation" | "variant" | "service" | "model" | "layer"
    subject: string
  }
  overruled: {
    scope: "organisation" | "variant" | "service" | "model" | "layer"
    subject: string
    owner: "aws" | "customer" | "shared" | "not-applicable"
  }[]
  /** Only the variants whose owner differs from this answer. */
  otherVariants: {
    id: string
    name: string
    owner: "aws" | "customer" | "shared" | "not-applicable"
  }[]
  sources: {
    url: string
    verifiedAt: string | null
  }[]
  /** False where the fact was not confirmed at its source or only a model default answers for the service. */
  verified: boolean
  /** Why the organisation decided so, where it overrode the shipped rule. */
  reason: string | null
  lifecycle: {
    status: "maintenance" | "closed-to-new-customers" | "ending" | "ended"
    closedToNewCustomers?: string
    endsOn?: string
    note: string
    sources: string[]
  } | null
  statement: string
  revision: number
}

/** What each operation takes and answers. */
export interface Operations {
  /** List the AWS services */
  listServices: {
    method: 'GET'
    path: '/v1/services'
    params: None
    query: {
      /** Only services of this model. */
      model?: "iaas" | "paas" | "saas"
      /** Only services of this category, such as database. */
      category?: string
      /** Only services with this text in their id, name or an alias. */
      q?: string
      /** Only services of whose facts one was last read more than 180 days ago, or none was. */
      stale?: "true" | "false"
      /** How many items at most. */
      limit?: number
      /** Where to go on: the nextCursor of the page before. Leave out for the first page. */
      cursor?: string
    }
    body: undefined
    answer: {
      items: ServiceSummary[]
      /** Null on the last page. */
      nextCursor: string | null
      /** How many items there are on all pages together. */
      total: number
      revision: number
    }
  }
  /** Read one service */
  getService: {
    method: 'GET'
    path: '/v1/services/{service}'
    params: {
      /** The id of a service, such as rds; a known name is redirected to it. */
      service: string
    }
    query: {
      /** Answer as the data stood then: at a revision, such as 12, or at a time, such as 2026-03-31T00:00:00Z. Leave out for now. */
      asOf?: string
    }
    body: undefined
    answer: Service
  }
  /** Write a service */
  putService: {
    method: 'PUT'
    path: '/v1/services/{service}'
    params: {
      /** The id of the service. */
      service: string
    }
    query: {
      /** Why, for the change log. */
      reason?: string
    }
    body: {
      name: string
      category: string
      model: "iaas" | "paas" | "saas"
      modelReason?: string | null
      summary: string
      partOf?: string | null
      aliases?: string[]
      serviceIds?: string[]
      identifiers?: {
        arn?: string[]
        arnResourceTypes?: string[]
        cloudformation?: string[]
        asffResourceTypes?: string[]
        iamPrefix?: string[]
        eventSource?: string[]
        endpoint?: string[]
        productCode?: string[]
        preferred?: string[]
      }
      variants?: {
        id: string
        name: string
        aliases: string[]
        summary: string
        parent?: string | null
      }[]
      pitfalls?: string[]
      notes?: string[]
      lifecycle?: {
        status: "maintenance" | "closed-to-new-customers" | "ending" | "ended"
        closedToNewCustomers?: string
        endsOn?: string
        note: string
        sources: string[]
      } | null
      sources?: string[]
    }
    answer: Service
  }
  /** Remove a service */
  deleteService: {
    method: 'DELETE'
    path: '/v1/services/{service}'
    params: {
      /** The id of a service, such as rds; a known name is redirected to it. */
      service: string
    }
    query: {
      /** Why, for the change log. */
      reason?: string
    }
    body: undefined
    answer: ServiceRemoval
  }
  /** Read the verdicts on all layers of a service */
  listVerdicts: {
    method: 'GET'
    path: '/v1/services/{service}/layers'
    params: {
      /** The id of a service, such as rds; a known name is redirected to it. */
      service: string
    }
    query: {
      /** The id of one of its variants, such as rds-custom. */
      variant?: string
      /** Only layers with this owner. */
      owner?: "aws" | "customer" | "shared" | "not-applicable"
      /** Answer as the data stood then: at a revision, such as 12, or at a time, such as 2026-03-31T00:00:00Z. Leave out for now. */
      asOf?: string
    }
    body: undefined
    answer: LayerVerdicts
  }
  /** Read who owns one layer of a service */
  getVerdict: {
    method: 'GET'
    path: '/v1/services/{service}/layers/{layer}'
    params: {
      /** The id of a service, such as rds; a known name is redirected to it. */
      service: string
      /** The id of a layer, such as operating-system; a known name is redirected to it. */
      layer: string
    }
    query: {
      /** The id of one of its variants, such as rds-custom. */
      variant?: string
      /** Answer as the data stood then: at a revision, such as 12, or at a time, such as 2026-03-31T00:00:00Z. Leave out for now. */
      asOf?: string
    }
    body: undefined
    answer: Verdict
  }
  /** Find who owns a layer, however it is named */
  getOwner: {
    method: 'GET'
    path: '/v1/owner'
    params: None
    query: {
      /** Any name or identifier: an id, name, alias, ARN, CloudFormation, Config or ASFF resource type, IAM action or prefix, event source, endpoint or product code. Leave out to ask in general. */
      service?: string
      /** An id, name, word or phrase: operating-system, patching, TLS, who backs up. */
      layer: string
      /** The id of a variant of the service, such as rds-custom. */
      variant?: string
      /** Answer as the data stood then: at a revision, such as 12, or at a time, such as 2026-03-31T00:00:00Z. Leave out for now. */
      asOf?: string
    }
    body: undefined
    answer: OwnerAnswer
  }
  /** Find the owners of many layers at once */
  askOwners: {
    method: 'POST'
    path: '/v1/owner/batch'
    params: None
    query: {
      /** Answer as the data stood then: at a revision, such as 12, or at a time, such as 2026-03-31T00:00:00Z. Leave out for now. */
      asOf?: string
    }
    body: {
      items: {
        /** Yours; it comes back with the answer. */
        id?: string
        /** Any name or identifier: an id, name, alias, ARN, CloudFormation, Config or ASFF resource type, IAM action or prefix, event source, endpoint or product code. Leave out to ask in general. */
        service?: string
        /** An id, name, word or phrase: operating-system, patching, TLS, who backs up. */
        layer: string
        /** The id of a variant of the service, such as rds-custom. */
        variant?: string
      }[]
    }
    answer: OwnerAnswers
  }
  /** Ask in plain words who owns what */
  ask: {
    method: 'POST'
    path: '/v1/ask'
    params: None
    query: None
    body: {
      /** A question or statement as a person types it. */
      question: string
      /** What the conversation was about before; "and the OS?" then has a service. */
      context?: {
        /** The service that was spoken of, by any of its names. */
        service?: string
        /** The layer that was spoken of. */
        layer?: string
        /** The variant of that service. */
        variant?: string
      }
    }
    answer: AskAnswer
  }
  /** Search services, layers and knowledge */
  search: {
    method: 'GET'
    path: '/v1/search'
    params: None
    query: {
      /** What to look for. */
      q: string
      /** How many hits at most. */
      limit?: number
    }
    body: undefined
    answer: SearchAnswer
  }
  /** Read the matrix of services and layers */
  getMatrix: {
    method: 'GET'
    path: '/v1/matrix'
    params: None
    query: {
      /** Ids of services with commas between them, such as rds,s3, in the order wanted. Leave out for all. */
      service?: string
      /** Ids of layers with commas between them, such as operating-system,data. Leave out for all 21. */
      layer?: string
      /** Only services of this model. */
      model?: "iaas" | "paas" | "saas"
      /** Only services of this category, such as database. */
      category?: string
      /** With a row for each variant after its service. */
      variants?: "true" | "false"
      /** The form of the answer; goes before what Accept says. JSON where neither names one. */
      format?: "json" | "csv" | "markdown" | "html" | "svg" | "xlsx"
      /** Answer as the data stood then: at a revision, such as 12, or at a time, such as 2026-03-31T00:00:00Z. Leave out for now. */
      asOf?: string
    }
    body: undefined
    answer: Matrix
  }
  /** Count the layers by owner */
  getSummary: {
    method: 'GET'
    path: '/v1/summary'
    params: None
    query: {
      /** Ids of services with commas between them, such as rds,s3, in the order wanted. Leave out for all. */
      service?: string
      /** Answer as the data stood then: at a revision, such as 12, or at a time, such as 2026-03-31T00:00:00Z. Leave out for now. */
      asOf?: string
    }
    body: undefined
    answer: Summary
  }
  /** List the duties of one side */
  getDuties: {
    method: 'GET'
    path: '/v1/duties'
    params: None
    query: {
      /** Whose duties: of the customer or of aws. */
      owner?: "aws" | "customer"
      /** Ids of services with commas between them, such as rds,s3, in the order wanted. Leave out for all. */
      service?: string
      /** The form of the answer; goes before what Accept says. JSON where neither names one. */
      format?: "json" | "csv" | "markdown" | "html" | "xlsx"
      /** Answer as the data stood then: at a revision, such as 12, or at a time, such as 2026-03-31T00:00:00Z. Leave out for now. */
      asOf?: string
    }
    body: undefined
    answer: Duties
  }
  /** Export a service as an OSCAL component definition */
  getComponentDefinition: {
    method: 'GET'
    path: '/v1/oscal/component-definition'
    params: None
    query: {
      /** The id or a known name of a service, such as s3. */
      service: string
      /** The OSCAL release that the document says it follows. */
      oscalVersion?: "1.2.1" | "1.1.3"
      /** Answer as the data stood then: at a revision, such as 12, or at a time, such as 2026-03-31T00:00:00Z. Leave out for now. */
      asOf?: string
    }
    body: undefined
    answer: OscalComponentDefinition
  }
  /** Export a service as an OSCAL system security plan */
  getSystemSecurityPlan: {
    method: 'GET'
    path: '/v1/oscal/system-security-plan'
    params: None
    query: {
      /** The id or a known name of a service, such as s3. */
      service: string
      /** The OSCAL release that the document says it follows. */
      oscalVersion?: "1.2.1" | "1.1.3"
      /** Answer as the data stood then: at a revision, such as 12, or at a time, such as 2026-03-31T00:00:00Z. Leave out for now. */
      asOf?: string
    }
    body: undefined
    answer: OscalSystemSecurityPlan
  }
  /** List the 21 layers */
  listLayers: {
    method: 'GET'
    path: '/v1/layers'
    params: None
    query: {
      /** How many items at most. */
      limit?: number
      /** Where to go on: the nextCursor of the page before. Leave out for the first page. */
      cursor?: string
    }
    body: undefined
    answer: {
      items: LayerSummary[]
      /** Null on the last page. */
      nextCursor: string | null
      /** How many items there are on all pages together. */
      total: number
      revision: number
    }
  }
  /** Read one layer */
  getLayer: {
    method: 'GET'
    path: '/v1/layers/{layer}'
    params: {
      /** The id of a layer, such as physical; a known name is redirected to it. */
      layer: string
    }
    query: {
      /** Answer as the data stood then: at a revision, such as 12, or at a time, such as 2026-03-31T00:00:00Z. Leave out for now. */
      asOf?: string
    }
    body: undefined
    answer: Layer
  }
  /** List the service models */
  listModels: {
    method: 'GET'
    path: '/v1/models'
    params: None
    query: {
      /** How many items at most. */
      limit?: number
      /** Where to go on: the nextCursor of the page before. Leave out for the first page. */
      cursor?: string
    }
    body: undefined
    answer: {
      items: ModelSummary[]
      /** Null on the last page. */
      nextCursor: string | null
      /** How many items there are on all pages together. */
      total: number
      revision: number
    }
  }
  /** Read one service model */
  getModel: {
    method: 'GET'
    path: '/v1/models/{model}'
    params: {
      /** The id of a model, such as paas. */
      model: "iaas" | "paas" | "saas"
    }
    query: {
      /** Answer as the data stood then: at a revision, such as 12, or at a time, such as 2026-03-31T00:00:00Z. Leave out for now. */
      asOf?: string
    }
    body: undefined
    answer: Model
  }
  /** List the stages */
  listStages: {
    method: 'GET'
    path: '/v1/stages'
    params: None
    query: {
      /** Only those about this service. */
      service?: string
      /** Only those about this layer. */
      layer?: string
      /** How many items at most. */
      limit?: number
      /** Where to go on: the nextCursor of the page before. Leave out for the first page. */
      cursor?: string
    }
    body: undefined
    answer: {
      items: StageSummary[]
      /** Null on the last page. */
      nextCursor: string | null
      /** How many items there are on all pages together. */
      total: number
      revision: number
    }
  }
  /** Read one DevSecOps stage */
  getStage: {
    method: 'GET'
    path: '/v1/stages/{stage}'
    params: {
      /** The id of a DevSecOps stage. */
      stage: string
    }
    query: None
    body: undefined
    answer: Stage
  }
  /** List the misconceptions */
  listMisconceptions: {
    method: 'GET'
    path: '/v1/misconceptions'
    params: None
    query: {
      /** Only those about this service. */
      service?: string
      /** Only those about this layer. */
      layer?: string
      /** How many items at most. */
      limit?: number
      /** Where to go on: the nextCursor of the page before. Leave out for the first page. */
      cursor?: string
    }
    body: undefined
    answer: {
      items: MisconceptionSummary[]
      /** Null on the last page. */
      nextCursor: string | null
      /** How many items there are on all pages together. */
      total: number
      revision: number
    }
  }
  /** Read one misconception */
  getMisconception: {
    method: 'GET'
    path: '/v1/misconceptions/{misconception}'
    params: {
      /** The id of a misconception. */
      misconception: string
    }
    query: None
    body: undefined
    answer: Misconception
  }
  /** List the practices */
  listPractices: {
    method: 'GET'
    path: '/v1/practices'
    params: None
    query: {
      /** Only those about this service. */
      service?: string
      /** Only those about this layer. */
      layer?: string
      /** How many items at most. */
      limit?: number
      /** Where to go on: the nextCursor of the page before. Leave out for the first page. */
      cursor?: string
    }
    body: undefined
    answer: {
      items: PracticeSummary[]
      /** Null on the last page. */
      nextCursor: string | null
      /** How many items there are on all pages together. */
      total: number
      revision: number
    }
  }
  /** Read one best practice */
  getPractice: {
    method: 'GET'
    path: '/v1/practices/{practice}'
    params: {
      /** The id of a best practice. */
      practice: string
    }
    query: None
    body: undefined
    answer: Practice
  }
  /** List the cases */
  listCases: {
    method: 'GET'
    path: '/v1/cases'
    params: None
    query: {
      /** Only those about this service. */
      service?: string
      /** Only those about this layer. */
      layer?: string
      /** How many items at most. */
      limit?: number
      /** Where to go on: the nextCursor of the page before. Leave out for the first page. */
      cursor?: string
    }
    body: undefined
    answer: {
      items: CaseSummary[]
      /** Null on the last page. */
      nextCursor: string | null
      /** How many items there are on all pages together. */
      total: number
      revision: number
    }
  }
  /** Read one case */
  getCase: {
    method: 'GET'
    path: '/v1/cases/{case}'
    params: {
      /** The id of a case. */
      case: string
    }
    query: None
    body: undefined
    answer: Case
  }
  /** List the guides */
  listGuides: {
    method: 'GET'
    path: '/v1/guides'
    params: None
    query: {
      /** Only those about this service. */
      service?: string
      /** Only those about this layer. */
      layer?: string
      /** How many items at most. */
      limit?: number
      /** Where to go on: the nextCursor of the page before. Leave out for the first page. */
      cursor?: string
    }
    body: undefined
    answer: {
      items: GuideSummary[]
      /** Null on the last page. */
      nextCursor: string | null
      /** How many items there are on all pages together. */
      total: number
      revision: number
    }
  }
  /** Read one guide */
  getGuide: {
    method: 'GET'
    path: '/v1/guides/{guide}'
    params: {
      /** The id of a guide. */
      guide: string
    }
    query: None
    body: undefined
    answer: Guide
  }
  /** List the responsibilities */
  listResponsibilities: {
    method: 'GET'
    path: '/v1/responsibilities'
    params: None
    query: {
      /** Only those about this service. */
      service?: string
      /** Only those about this layer. */
      layer?: string
      /** How many items at most. */
      limit?: number
      /** Where to go on: the nextCursor of the page before. Leave out for the first page. */
      cursor?: string
    }
    body: undefined
    answer: {
      items: ResponsibilitySummary[]
      /** Null on the last page. */
      nextCursor: string | null
      /** How many items there are on all pages together. */
      total: number
      revision: number
    }
  }
  /** List the areas */
  listAreas: {
    method: 'GET'
    path: '/v1/areas'
    params: None
    query: {
      /** Only those about this service. */
      service?: string
      /** Only those about this layer. */
      layer?: string
      /** How many items at most. */
      limit?: number
      /** Where to go on: the nextCursor of the page before. Leave out for the first page. */
      cursor?: string
    }
    body: undefined
    answer: {
      items: AreaSummary[]
      /** Null on the last page. */
      nextCursor: string | null
      /** How many items there are on all pages together. */
      total: number
      revision: number
    }
  }
  /** Read one key area */
  getArea: {
    method: 'GET'
    path: '/v1/areas/{area}'
    params: {
      /** The id of a key area. */
      area: string
    }
    query: None
    body: undefined
    answer: Area
  }
  /** List the takeaways */
  listTakeaways: {
    method: 'GET'
    path: '/v1/takeaways'
    params: None
    query: {
      /** Only those about this service. */
      service?: string
      /** Only those about this layer. */
      layer?: string
      /** How many items at most. */
      limit?: number
      /** Where to go on: the nextCursor of the page before. Leave out for the first page. */
      cursor?: string
    }
    body: undefined
    answer: {
      items: TakeawaySummary[]
      /** Null on the last page. */
      nextCursor: string | null
      /** How many items there are on all pages together. */
      total: number
      revision: number
    }
  }
  /** Decide who takes a ticket */
  routeTicket: {
    method: 'POST'
    path: '/v1/tickets/route'
    params: None
    query: None
    body: TicketInput
    answer: Decision
  }
  /** Decide who takes each of many tickets */
  routeTickets: {
    method: 'POST'
    path: '/v1/tickets/route/batch'
    params: None
    query: None
    body: {
      items: {
        /** Yours; it comes back with the answer. */
        id?: string
        /** A ticket as POST /v1/tickets/route takes it. */
        ticket: Record<string, unknown>
      }[]
    }
    answer: Decisions
  }
  /** Try routing rules on a ticket without storing them */
  testRoutingRules: {
    method: 'POST'
    path: '/v1/routing-rules/test'
    params: None
    query: None
    body: {
      ticket: TicketInput
      rules?: {
        id: string
        position: number
        when: {
          service?: string[]
          variant?: string[]
          layer?: string[]
          /** Whose layer it is. */
          owner?: ("aws" | "customer" | "shared" | "not-applicable")[]
          account?: string[]
          region?: string[]
          environment?: string[]
          /** These must all be there. */
          tags?: Record<string, string>
          severity?: string[]
          /** The system that the ticket comes from, such as jira. */
          source?: string[]
          /** A label of the ticket. */
          label?: string[]
          /** Words that the title contains. */
          title?: string[]
          /** Words that the title or the description contains. */
          text?: string[]
        }
        then: {
          team: string
        } | {
          awsSupport: true
        } | {
          triage: true
        }
        note?: string | null
      }[]
      teams?: {
        id: string
        name: string
        /** The queue, project key or assignment group that its tickets go to. */
        queue: string
        /** An e-mail address, channel or pager. */
        contact?: string | null
      }[]
      assignments?: {
        id: string
        /** The id of the team that takes the slice. */
        team: string
        service?: string | null
        layer?: string | null
        /** A variant of the service, which must be named beside it. */
        variant?: string | null
        account?: string | null
        /** Such as production; compared without regard to case. */
        environment?: string | null
        /** The resource's tags that must all have these values. */
        tags?: Record<string, string>
      }[]
      defaultTeam?: string | null
    }
    answer: RuleTest
  }
  /** List the decisions on tickets */
  listDecisions: {
    method: 'GET'
    path: '/v1/decisions'
    params: None
    query: {
      /** Only decisions from this time on, such as 2026-11-24T00:00:00Z. */
      since?: string
      /** Only decisions with this outcome. */
      outcome?: "routed" | "needs-triage" | "not-aws"
      /** Only decisions on this service, by its id. */
      service?: string
      /** Only decisions on this layer, by its id. */
      layer?: string
      /** Only decisions for this team, by its id. */
      team?: string
      /** Only tickets of this system, as they name it. */
      source?: string
      /** true: those that the last feedback called wrong; false: those it called right. */
      corrected?: boolean
      /** How many items at most. */
      limit?: number
      /** Where to go on: the nextCursor of the page before. Leave out for the first page. */
      cursor?: string
    }
    body: undefined
    answer: DecisionList
  }
  /** Sum up what people said of the decisions */
  getAccuracy: {
    method: 'GET'
    path: '/v1/decisions/accuracy'
    params: None
    query: None
    body: undefined
    answer: Accuracy
  }
  /** Show a decision and what was said of it */
  getDecision: {
    method: 'GET'
    path: '/v1/decisions/{decision}'
    params: {
      /** The decisionId of an answer. */
      decision: string
    }
    query: {
      /** true: replay it, and say whether it would be different today. */
      explain?: boolean
    }
    body: undefined
    answer: LoggedDecision
  }
  /** Say whether a decision was right */
  judgeDecision: {
    method: 'POST'
    path: '/v1/decisions/{decision}/feedback'
    params: {
      /** The decisionId of an answer. */
      decision: string
    }
    query: None
    body: {
      correct: boolean
      /** The id of the service that it was about. */
      service?: string
      /** The id of the layer that it was about. */
      layer?: string
      owner?: "aws" | "customer"
      /** The id of the team that should have had it. */
      team?: string
      note?: string
    }
    answer: FeedbackAnswer
  }
  /** Read the rule of a service */
  getServiceRule: {
    method: 'GET'
    path: '/v1/services/{service}/layers/{layer}/rule'
    params: {
      /** The id of a service, such as rds; a known name is redirected to it. */
      service: string
      /** The id of a layer, such as operating-system; a known name is redirected to it. */
      layer: string
    }
    query: None
    body: undefined
    answer: Rule
  }
  /** Write the rule of a service */
  putServiceRule: {
    method: 'PUT'
    path: '/v1/services/{service}/layers/{layer}/rule'
    params: {
      /** The id of a service, such as rds; a known name is redirected to it. */
      service: string
      /** The id of a layer, such as operating-system; a known name is redirected to it. */
      layer: string
    }
    query: None
    body: {
      owner: "aws" | "customer" | "shared" | "not-applicable"
      aws?: string | null
      customer?: string | null
      lead?: "aws" | "customer" | null
      leadReason?: string | null
      flip?: {
        when: string
        lead: "aws" | "customer"
      } | null
      sources?: string[]
      verifiedAt?: string | null
      /** Why the organisation decided so. */
      reason?: string | null
    }
    answer: Rule
  }
  /** Remove the rule of a service */
  deleteServiceRule: {
    method: 'DELETE'
    path: '/v1/services/{service}/layers/{layer}/rule'
    params: {
      /** The id of a service, such as rds; a known name is redirected to it. */
      service: string
      /** The id of a layer, such as operating-system; a known name is redirected to it. */
      layer: string
    }
    query: {
      /** Why, for the change log. */
      reason?: string
    }
    body: undefined
    answer: RuleRemoval
  }
  /** Read the rule of a variant */
  getVariantRule: {
    method: 'GET'
    path: '/v1/services/{service}/variants/{variant}/layers/{layer}/rule'
    params: {
      /** The id of a service, such as rds; a known name is redirected to it. */
      service: string
      /** The id of one of its variants, such as rds-custom. */
      variant: string
      /** The id of a layer, such as operating-system; a known name is redirected to it. */
      layer: string
    }
    query: None
    body: undefined
    answer: Rule
  }
  /** Write the rule of a variant */
  putVariantRule: {
    method: 'PUT'
    path: '/v1/services/{service}/variants/{variant}/layers/{layer}/rule'
    params: {
      /** The id of a service, such as rds; a known name is redirected to it. */
      service: string
      /** The id of one of its variants, such as rds-custom. */
      variant: string
      /** The id of a layer, such as operating-system; a known name is redirected to it. */
      layer: string
    }
    query: None
    body: {
      owner: "aws" | "customer" | "shared" | "not-applicable"
      aws?: string | null
      customer?: string | null
      lead?: "aws" | "customer" | null
      leadReason?: string | null
      flip?: {
        when: string
        lead: "aws" | "customer"
      } | null
      sources?: string[]
      verifiedAt?: string | null
      /** Why the organisation decided so. */
      reason?: string | null
    }
    answer: Rule
  }
  /** Remove the rule of a variant */
  deleteVariantRule: {
    method: 'DELETE'
    path: '/v1/services/{service}/variants/{variant}/layers/{layer}/rule'
    params: {
      /** The id of a service, such as rds; a known name is redirected to it. */
      service: string
      /** The id of one of its variants, such as rds-custom. */
      variant: string
      /** The id of a layer, such as operating-system; a known name is redirected to it. */
      layer: string
    }
    query: {
      /** Why, for the change log. */
      reason?: string
    }
    body: undefined
    answer: RuleRemoval
  }
  /** Read an override */
  getOverride: {
    method: 'GET'
    path: '/v1/services/{service}/layers/{layer}/override'
    params: {
      /** The id of a service, such as rds; a known name is redirected to it. */
      service: string
      /** The id of a layer, such as operating-system; a known name is redirected to it. */
      layer: string
    }
    query: {
      /** The id of one of its variants, such as rds-custom. */
      variant?: string
    }
    body: undefined
    answer: Rule
  }
  /** Write an override */
  putOverride: {
    method: 'PUT'
    path: '/v1/services/{service}/layers/{layer}/override'
    params: {
      /** The id of a service, such as rds; a known name is redirected to it. */
      service: string
      /** The id of a layer, such as operating-system; a known name is redirected to it. */
      layer: string
    }
    query: {
      /** The id of one of its variants, such as rds-custom. */
      variant?: string
    }
    body: {
      owner: "aws" | "customer" | "shared" | "not-applicable"
      aws?: string | null
      customer?: string | null
      lead?: "aws" | "customer" | null
      leadReason?: string | null
      flip?: {
        when: string
        lead: "aws" | "customer"
      } | null
      sources?: string[]
      verifiedAt?: string | null
      /** Why the organisation decided so. */
      reason: string
    }
    answer: Rule
  }
  /** Remove an override */
  deleteOverride: {
    method: 'DELETE'
    path: '/v1/services/{service}/layers/{layer}/override'
    params: {
      /** The id of a service, such as rds; a known name is redirected to it. */
      service: string
      /** The id of a layer, such as operating-system; a known name is redirected to it. */
      layer: string
    }
    query: {
      /** Why, for the change log. */
      reason?: string
      /** The id of one of its variants, such as rds-custom. */
      variant?: string
    }
    body: undefined
    answer: RuleRemoval
  }
  /** List overrides whose ground has shifted */
  listStaleOverrides: {
    method: 'GET'
    path: '/v1/overrides/stale'
    params: None
    query: {
      /** How many items at most. */
      limit?: number
      /** Where to go on: the nextCursor of the page before. Leave out for the first page. */
      cursor?: string
    }
    body: undefined
    answer: {
      items: StaleOverride[]
      /** Null on the last page. */
      nextCursor: string | null
      /** How many items there are on all pages together. */
      total: number
      revision: number
    }
  }
  /** List the teams */
  listTeams: {
    method: 'GET'
    path: '/v1/teams'
    params: None
    query: {
      /** How many items at most. */
      limit?: number
      /** Where to go on: the nextCursor of the page before. Leave out for the first page. */
      cursor?: string
    }
    body: undefined
    answer: {
      items: TeamSummary[]
      /** Null on the last page. */
      nextCursor: string | null
      /** How many items there are on all pages together. */
      total: number
      revision: number
    }
  }
  /** Read one team */
  getTeam: {
    method: 'GET'
    path: '/v1/teams/{team}'
    params: {
      /** The id of a team. */
      team: string
    }
    query: None
    body: undefined
    answer: Team
  }
  /** Write a team */
  putTeam: {
    method: 'PUT'
    path: '/v1/teams/{team}'
    params: {
      /** The id of a team. */
      team: string
    }
    query: {
      /** Why, for the change log. */
      reason?: string
    }
    body: {
      name: string
      /** The queue, project key or assignment group that its tickets go to. */
      queue: string
      /** An e-mail address, channel or pager. */
      contact?: string | null
    }
    answer: Team
  }
  /** Remove a team */
  deleteTeam: {
    method: 'DELETE'
    path: '/v1/teams/{team}'
    params: {
      /** The id of a team. */
      team: string
    }
    query: {
      /** Why, for the change log. */
      reason?: string
    }
    body: undefined
    answer: Removal
  }
  /** List the assignments */
  listAssignments: {
    method: 'GET'
    path: '/v1/assignments'
    params: None
    query: {
      /** How many items at most. */
      limit?: number
      /** Where to go on: the nextCursor of the page before. Leave out for the first page. */
      cursor?: string
    }
    body: undefined
    answer: {
      items: AssignmentSummary[]
      /** Null on the last page. */
      nextCursor: string | null
      /** How many items there are on all pages together. */
      total: number
      revision: number
    }
  }
  /** Read one assignment */
  getAssignment: {
    method: 'GET'
    path: '/v1/assignments/{id}'
    params: {
      /** The id of a assignment. */
      id: string
    }
    query: None
    body: undefined
    answer: Assignment
  }
  /** Write a assignment */
  putAssignment: {
    method: 'PUT'
    path: '/v1/assignments/{id}'
    params: {
      /** The id of a assignment. */
      id: string
    }
    query: {
      /** Why, for the change log. */
      reason?: string
    }
    body: {
      /** The id of the team that takes the slice. */
      team: string
      service?: string | null
      layer?: string | null
      /** A variant of the service, which must be named beside it. */
      variant?: string | null
      account?: string | null
      /** Such as production; compared without regard to case. */
      environment?: string | null
      /** The resource's tags that must all have these values. */
      tags?: Record<string, string>
    }
    answer: Assignment
  }
  /** Remove a assignment */
  deleteAssignment: {
    method: 'DELETE'
    path: '/v1/assignments/{id}'
    params: {
      /** The id of a assignment. */
      id: string
    }
    query: {
      /** Why, for the change log. */
      reason?: string
    }
    body: undefined
    answer: Removal
  }
  /** List the routing rules */
  listRoutingRules: {
    method: 'GET'
    path: '/v1/routing-rules'
    params: None
    query: {
      /** How many items at most. */
      limit?: number
      /** Where to go on: the nextCursor of the page before. Leave out for the first page. */
      cursor?: string
    }
    body: undefined
    answer: {
      items: RoutingRuleSummary[]
      /** Null on the last page. */
      nextCursor: string | null
      /** How many items there are on all pages together. */
      total: number
      revision: number
    }
  }
  /** Read one routing rule */
  getRoutingRule: {
    method: 'GET'
    path: '/v1/routing-rules/{id}'
    params: {
      /** The id of a routing rule. */
      id: string
    }
    query: None
    body: undefined
    answer: RoutingRule
  }
  /** Write a routing rule */
  putRoutingRule: {
    method: 'PUT'
    path: '/v1/routing-rules/{id}'
    params: {
      /** The id of a routing rule. */
      id: string
    }
    query: {
      /** Why, for the change log. */
      reason?: string
    }
    body: {
      position: number
      when: {
        service?: string[]
        variant?: string[]
        layer?: string[]
        /** Whose layer it is. */
        owner?: ("aws" | "customer" | "shared" | "not-applicable")[]
        account?: string[]
        region?: string[]
        environment?: string[]
        /** These must all be there. */
        tags?: Record<string, string>
        severity?: string[]
        /** The system that the ticket comes from, such as jira. */
        source?: string[]
        /** A label of the ticket. */
        label?: string[]
        /** Words that the title contains. */
        title?: string[]
        /** Words that the title or the description contains. */
        text?: string[]
      }
      then: {
        team: string
      } | {
        awsSupport: true
      } | {
        triage: true
      }
      note?: string | null
    }
    answer: RoutingRule
  }
  /** Remove a routing rule */
  deleteRoutingRule: {
    method: 'DELETE'
    path: '/v1/routing-rules/{id}'
    params: {
      /** The id of a routing rule. */
      id: string
    }
    query: {
      /** Why, for the change log. */
      reason?: string
    }
    body: undefined
    answer: Removal
  }
  /** Export the whole data set */
  getExport: {
    method: 'GET'
    path: '/v1/export'
    params: None
    query: None
    body: undefined
    answer: DataSet
  }
  /** Import a data set, whole or not at all */
  importData: {
    method: 'POST'
    path: '/v1/import'
    params: None
    query: {
      /** merge: bring in what an organisation decided (origin organisation, what it removed, teams, assignments, routing rules) and keep what is shipped here. replace: make each kind in the file exactly what the file holds. */
      mode?: "merge" | "replace"
      /** true: show the difference, store nothing. */
      dryRun?: boolean
      /** Why, for the change log. */
      reason?: string
    }
    body: {
      /** What this file is, and in which shape. */
      format: "responsibility-matrix/1"
      /** The seed's release that the shipped records are of. */
      release?: string | null
      /** Of the export; not read. */
      revision?: number
      /** Of the export; not read. */
      at?: string
      layers?: {
        id: string
        name: string
        position: number
        covers: string
        controls: string[]
        vocabulary: {
          names: string[]
          phrases: {
            text: string
            weight: number
          }[]
          deeds: {
            verb: string
            object: string | null
            weight: number
          }[]
          not: string[]
          confusable: {
            with: string
            decidedBy: string
          }[]
        }
      }[]
      models?: {
        id: "iaas" | "paas" | "saas"
        name: string
        summary: string
        aws: string
        customer: string
        examples: string[]
      }[]
      services?: {
        id: string
        name: string
        category: string
        model: "iaas" | "paas" | "saas"
        modelReason?: string | null
        summary: string
        partOf?: string | null
        aliases: string[]
        serviceIds?: string[]
        identifiers: {
          arn?: string[]
          arnResourceTypes?: string[]
          cloudformation?: string[]
          asffResourceTypes?: string[]
          iamPrefix?: string[]
          eventSource?: string[]
          endpoint?: string[]
          productCode?: string[]
          preferred?: string[]
        }
        variants: {
          id: string
          name: string
          aliases: string[]
          summary: string
          parent?: string | null
        }[]
        pitfalls: string[]
        notes?: string[]
        lifecycle?: {
          status: "maintenance" | "closed-to-new-customers" | "ending" | "ended"
          closedToNewCustomers?: string
          endsOn?: string
          note: string
          sources: string[]
        } | null
        sources?: string[]
        origin?: "seed" | "organisation"
      }[]
      rules?: {
        id: string
        scope: "organisation" | "variant" | "service" | "model" | "layer"
        subject: string
        layer: string
        owner: "aws" | "customer" | "shared" | "not-applicable"
        aws: string | null
        customer: string | null
        lead?: "aws" | "customer" | null
        leadReason?: string | null
        flip?: {
          when: string
          lead: "aws" | "customer"
        } | null
        sources: string[]
        verifiedAt?: string | null
        origin?: "seed" | "organisation"
        reason?: string | null
        ground?: {
          owner: "aws" | "customer" | "shared" | "not-applicable"
          aws: string | null
          customer: string | null
          lead?: "aws" | "customer" | null
          leadReason?: string | null
          flip?: {
            when: string
            lead: "aws" | "customer"
          } | null
          sources: string[]
          verifiedAt?: string | null
          scope: "organisation" | "variant" | "service" | "model" | "layer"
          subject: string
        } | null
      }[]
      articles?: {
        id: string
        kind: "stage"
        position: number
        document: {
          id: string
          name: string
          position: number
          summary: string
          /** The customer's duty at this stage. */
          customer: string
          /** AWS's duty at this stage. */
          aws: string
          /** The seed article's own cells. */
          article: {
            customer: string
            aws: string
          }
          /** The layers that this is about. */
          layers: string[]
          /** The services that this is about. */
          services: string[]
          sources: string[]
          /** Null where it was not confirmed at its sources. */
          verifiedAt?: string | null
        }
      } | {
        id: string
        kind: "misconception"
        position: number
        document: {
          id: string
          title: string
          belief: string
          correction: string
          examples: {
            service: string
            layer: string
            text: string
          }[]
          /** How people say it. */
          phrases: string[]
          corrections?: {
            claim: string
            correction: string
            since?: string
            sources: string[]
          }[]
          fromArticle: boolean
          /** The layers that this is about. */
          layers: string[]
          /** The services that this is about. */
          services: string[]
          sources: string[]
          /** Null where it was not confirmed at its sources. */
          verifiedAt?: string | null
        }
      } | {
        id: string
        kind: "practice"
        position: number
        document: {
          id: string
          title: string
          summary: string
          why: string
          steps: string[]
          corrections?: {
            claim: string
            correction: string
            since?: string
            sources: string[]
          }[]
          /** The layers that this is about. */
          layers: string[]
          /** The services that this is about. */
          services: string[]
          sources: string[]
          /** Null where it was not confirmed at its sources. */
          verifiedAt?: string | null
        }
      } | {
        id: string
        kind: "case"
        position: number
        document: {
          id: string
          title: string
          summary: string
          whatHappened: string
          ownership: string
          lesson: string
          steps: string[]
          corrections?: {
            claim: string
            correction: string
            since?: string
            sources: string[]
          }[]
          /** The layers that this is about. */
          layers: string[]
          /** The services that this is about. */
          services: string[]
          sources: string[]
          /** Null where it was not confirmed at its sources. */
          verifiedAt?: string | null
        }
      } | {
        id: string
        kind: "guide"
        position: number
        document: {
          id: string
          title: string
          summary: string
          /** What is wrong or out of date in the seed article's version. */
          problem: string
          blocks: {
            title: string
            language: "json" | "shell"
            kind: "iam-policy" | "bucket-policy" | "cli"
            status: "outdated" | "recommended"
            code: string
            explanation: string
          }[]
          steps: string[]
          corrections?: {
            claim: string
            correction: string
            since?: string
            sources: string[]
          }[]
          /** The layers that this is about. */
          layers: string[]
          /** The services that this is about. */
          services: string[]
          sources: string[]
          /** Null where it was not confirmed at its sources. */
          verifiedAt?: string | null
        }
      } | {
        id: string
        kind: "responsibility"
        position: number
        document: {
          id: string
          side: "aws" | "customer"
          title: string
          summary: string
          corrections?: {
            claim: string
            correction: string
            since?: string
            sources: string[]
          }[]
          /** The layers that this is about. */
          layers: string[]
          /** The services that this is about. */
          services: string[]
          sources: string[]
          /** Null where it was not confirmed at its sources. */
          verifiedAt?: string | null
        }
      } | {
        id: string
        kind: "area"
        position: number
        document: {
          id: string
          title: string
          aws: string
          customer: string
          /** The layers that this is about. */
          layers: string[]
          /** The services that this is about. */
          services: string[]
          sources: string[]
          /** Null where it was not confirmed at its sources. */
          verifiedAt?: string | null
        }
      } | {
        id: string
        kind: "takeaway"
        position: number
        document: {
          id: string
          text: string
          /** The layers that this is about. */
          layers: string[]
          /** The services that this is about. */
          services: string[]
          sources: string[]
          /** Null where it was not confirmed at its sources. */
          verifiedAt?: string | null
        }
      }[]
      signals?: {
        id: string
        kind: "control"
        document: {
          id: string
          title: string
          service: string | null
          layer: string
          otherLayers: string[]
          severity: "low" | "medium" | "high" | "critical" | null
          resourceType: string | null
          configRule: string | null
          legacyIds: string[]
        }
      } | {
        id: string
        kind: "finding-type"
        document: {
          id: string
          match: "exact" | "segment"
          service: string | null
          layer: string
          otherLayers: string[]
          byResource: {
            type: string
            service: string
            layer: string
          }[]
          reason: string
        }
      } | {
        id: string
        kind: "event-code"
        document: {
          id: string
          match: "exact" | "prefix" | "suffix" | "category"
          service: string | null
          layer: string
          otherLayers: string[]
          owner: "aws" | "customer" | "shared" | "not-applicable"
          acts: "aws" | "customer" | "none"
          openCase: boolean
          reason: string
          seen: boolean
        }
      } | {
        id: string
        kind: "metric"
        document: {
          id: string
          namespace: string
          metric: string | null
          service: string
          layer: string
          side: "aws" | "customer" | null
          reason: string
        }
      } | {
        id: string
        kind: "error-code"
        document: {
          id: string
          phrases: string[]
          side: "aws" | "customer"
          weight: number
          layer: string | null
          services: string[]
          notServices: string[]
          acts: "aws" | "customer" | "none" | null
          openCase: boolean | null
          reason: string
        }
      } | {
        id: string
        kind: "cue"
        document: {
          id: string
          phrases: string[]
          side: "aws" | "customer"
          weight: number
          layer: string | null
          services: string[]
          notServices: string[]
          acts: "aws" | "customer" | "none" | null
          openCase: boolean | null
          reason: string
        }
      } | {
        id: string
        kind: "hint"
        document: {
          service: string
          strong: string[]
          weak: string[]
        }
      } | {
        id: string
        kind: "foreign"
        document: {
          id: string
          what: "other-cloud" | "other-place" | "on-premises" | "office" | "facility" | "business" | "saas" | "private" | "lookalike"
          weight: number
          insteadOf: string | null
          phrases: string[]
        }
      } | {
        id: string
        kind: "support-service"
        document: {
          service: string
          code: string
          category: string
          seen: boolean
        }
      }[]
      shipped?: {
        id: string
        kind: "services"
        document: {
          id: string
          name: string
          category: string
          model: "iaas" | "paas" | "saas"
          modelReason?: string | null
          summary: string
          partOf?: string | null
          aliases: string[]
          serviceIds?: string[]
          identifiers: {
            arn?: string[]
            arnResourceTypes?: string[]
            cloudformation?: string[]
            asffResourceTypes?: string[]
            iamPrefix?: string[]
            eventSource?: string[]
            endpoint?: string[]
            productCode?: string[]
            preferred?: string[]
          }
          variants: {
            id: string
            name: string
            aliases: string[]
            summary: string
            parent?: string | null
          }[]
          pitfalls: string[]
          notes?: string[]
          lifecycle?: {
            status: "maintenance" | "closed-to-new-customers" | "ending" | "ended"
            closedToNewCustomers?: string
            endsOn?: string
            note: string
            sources: string[]
          } | null
          sources?: string[]
          origin?: "seed" | "organisation"
        }
      } | {
        id: string
        kind: "rules"
        document: {
          id: string
          scope: "organisation" | "variant" | "service" | "model" | "layer"
          subject: string
          layer: string
          owner: "aws" | "customer" | "shared" | "not-applicable"
          aws: string | null
          customer: string | null
          lead?: "aws" | "customer" | null
          leadReason?: string | null
          flip?: {
            when: string
            lead: "aws" | "customer"
          } | null
          sources: string[]
          verifiedAt?: string | null
          origin?: "seed" | "organisation"
          reason?: string | null
          ground?: {
            owner: "aws" | "customer" | "shared" | "not-applicable"
            aws: string | null
            customer: string | null
            lead?: "aws" | "customer" | null
            leadReason?: string | null
            flip?: {
              when: string
              lead: "aws" | "customer"
            } | null
            sources: string[]
            verifiedAt?: string | null
            scope: "organisation" | "variant" | "service" | "model" | "layer"
            subject: string
          } | null
        }
      }[]
      teams?: {
        id: string
        name: string
        /** The queue, project key or assignment group that its tickets go to. */
        queue: string
        /** An e-mail address, channel or pager. */
        contact?: string | null
      }[]
      assignments?: {
        id: string
        /** The id of the team that takes the slice. */
        team: string
        service?: string | null
        layer?: string | null
        /** A variant of the service, which must be named beside it. */
        variant?: string | null
        account?: string | null
        /** Such as production; compared without regard to case. */
        environment?: string | null
        /** The resource's tags that must all have these values. */
        tags?: Record<string, string>
      }[]
      routingRules?: {
        id: string
        position: number
        when: {
          service?: string[]
          variant?: string[]
          layer?: string[]
          /** Whose layer it is. */
          owner?: ("aws" | "customer" | "shared" | "not-applicable")[]
          account?: string[]
          region?: string[]
          environment?: string[]
          /** These must all be there. */
          tags?: Record<string, string>
          severity?: string[]
          /** The system that the ticket comes from, such as jira. */
          source?: string[]
          /** A label of the ticket. */
          label?: string[]
          /** Words that the title contains. */
          title?: string[]
          /** Words that the title or the description contains. */
          text?: string[]
        }
        then: {
          team: string
        } | {
          awsSupport: true
        } | {
          triage: true
        }
        note?: string | null
      }[]
    }
    answer: ImportAnswer
  }
  /** List what changed */
  listChanges: {
    method: 'GET'
    path: '/v1/changes'
    params: None
    query: {
      /** Only changes after a revision, such as 12, or a time, such as 2026-03-31T00:00:00Z. */
      since?: string
      /** Only changes that touched this: a service, a variant (rds/rds-custom), a layer, or any id of a record. */
      subject?: string
      /** Only changes by this actor, written as the log has it. */
      actor?: string
      /** How many items at most. */
      limit?: number
      /** Where to go on: the nextCursor of the page before. Leave out for the first page. */
      cursor?: string
    }
    body: undefined
    answer: {
      items: Change[]
      /** Null on the last page. */
      nextCursor: string | null
      /** How many items there are on all pages together. */
      total: number
      revision: number
    }
  }
  /** Read one change with its edits */
  getChange: {
    method: 'GET'
    path: '/v1/changes/{revision}'
    params: {
      /** The revision that the change made. */
      revision: number
    }
    query: {
      /** How many items at most. */
      limit?: number
      /** Where to go on: the nextCursor of the page before. Leave out for the first page. */
      cursor?: string
    }
    body: undefined
    answer: ChangeEdits
  }
  /** List the API keys */
  listKeys: {
    method: 'GET'
    path: '/v1/keys'
    params: None
    query: {
      /** How many items at most. */
      limit?: number
      /** Where to go on: the nextCursor of the page before. Leave out for the first page. */
      cursor?: string
    }
    body: undefined
    answer: {
      items: Key[]
      /** Null on the last page. */
      nextCursor: string | null
      /** How many items there are on all pages together. */
      total: number
      revision: number
    }
  }
  /** Make an API key */
  createKey: {
    method: 'POST'
    path: '/v1/keys'
    params: None
    query: None
    body: {
      /** Who will hold it; the change log calls them so. */
      name: string
      /** Of read, route, write and admin, each includes those before it. */
      scope: "read" | "route" | "write" | "admin"
      /** When it ends, such as 2027-11-24T00:00:00Z. Leave out for a key without an end. */
      expiresAt?: string
    }
    answer: CreatedKey
  }
  /** Revoke an API key */
  revokeKey: {
    method: 'DELETE'
    path: '/v1/keys/{key}'
    params: {
      /** The id of a key: its twelve characters after rm_. */
      key: string
    }
    query: None
    body: undefined
    answer: RevokedKey
  }
  /** Route a native event of AWS or of a service desk */
  receiveEvent: {
    method: 'POST'
    path: '/v1/hooks/{source}'
    params: {
      /** Who sends the event. What AWS sends is known by its look at each of the paths for AWS. */
      source: "security-hub" | "ocsf" | "guardduty" | "aws-health" | "aws-config" | "cloudwatch" | "eventbridge" | "jira" | "servicenow" | "zendesk" | "pagerduty" | "github" | "slack"
    }
    query: None
    body: Record<string, unknown>
    answer: HookReply | SlackMessage
  }
}

/** Where each operation is found. */
export const ROUTES = {
  listServices: ['GET', '/v1/services'],
  getService: ['GET', '/v1/services/{service}'],
  putService: ['PUT', '/v1/services/{service}'],
  deleteService: ['DELETE', '/v1/services/{service}'],
  listVerdicts: ['GET', '/v1/services/{service}/layers'],
  getVerdict: ['GET', '/v1/services/{service}/layers/{layer}'],
  getOwner: ['GET', '/v1/owner'],
  askOwners: ['POST', '/v1/owner/batch'],
  ask: ['POST', '/v1/ask'],
  search: ['GET', '/v1/search'],
  getMatrix: ['GET', '/v1/matrix'],
  getSummary: ['GET', '/v1/summary'],
  getDuties: ['GET', '/v1/duties'],
  getComponentDefinition: ['GET', '/v1/oscal/component-definition'],
  getSystemSecurityPlan: ['GET', '/v1/oscal/system-security-plan'],
  listLayers: ['GET', '/v1/layers'],
  getLayer: ['GET', '/v1/layers/{layer}'],
  listModels: ['GET', '/v1/models'],
  getModel: ['GET', '/v1/models/{model}'],
  listStages: ['GET', '/v1/stages'],
  getStage: ['GET', '/v1/stages/{stage}'],
  listMisconceptions: ['GET', '/v1/misconceptions'],
  getMisconception: ['GET', '/v1/misconceptions/{misconception}'],
  listPractices: ['GET', '/v1/practices'],
  getPractice: ['GET', '/v1/practices/{practice}'],
  listCases: ['GET', '/v1/cases'],
  getCase: ['GET', '/v1/cases/{case}'],
  listGuides: ['GET', '/v1/guides'],
  getGuide: ['GET', '/v1/guides/{guide}'],
  listResponsibilities: ['GET', '/v1/responsibilities'],
  listAreas: ['GET', '/v1/areas'],
  getArea: ['GET', '/v1/areas/{area}'],
  listTakeaways: ['GET', '/v1/takeaways'],
  routeTicket: ['POST', '/v1/tickets/route'],
  routeTickets: ['POST', '/v1/tickets/route/batch'],
  testRoutingRules: ['POST', '/v1/routing-rules/test'],
  listDecisions: ['GET', '/v1/decisions'],
  getAccuracy: ['GET', '/v1/decisions/accuracy'],
  getDecision: ['GET', '/v1/decisions/{decision}'],
  judgeDecision: ['POST', '/v1/decisions/{decision}/feedback'],
  getServiceRule: ['GET', '/v1/services/{service}/layers/{layer}/rule'],
  putServiceRule: ['PUT', '/v1/services/{service}/layers/{layer}/rule'],
  deleteServiceRule: ['DELETE', '/v1/services/{service}/layers/{layer}/rule'],
  getVariantRule: ['GET', '/v1/services/{service}/variants/{variant}/layers/{layer}/rule'],
  putVariantRule: ['PUT', '/v1/services/{service}/variants/{variant}/layers/{layer}/rule'],
  deleteVariantRule: ['DELETE', '/v1/services/{service}/variants/{variant}/layers/{layer}/rule'],
  getOverride: ['GET', '/v1/services/{service}/layers/{layer}/override'],
  putOverride: ['PUT', '/v1/services/{service}/layers/{layer}/override'],
  deleteOverride: ['DELETE', '/v1/services/{service}/layers/{layer}/override'],
  listStaleOverrides: ['GET', '/v1/overrides/stale'],
  listTeams: ['GET', '/v1/teams'],
  getTeam: ['GET', '/v1/teams/{team}'],
  putTeam: ['PUT', '/v1/teams/{team}'],
  deleteTeam: ['DELETE', '/v1/teams/{team}'],
  listAssignments: ['GET', '/v1/assignments'],
  getAssignment: ['GET', '/v1/assignments/{id}'],
  putAssignment: ['PUT', '/v1/assignments/{id}'],
  deleteAssignment: ['DELETE', '/v1/assignments/{id}'],
  listRoutingRules: ['GET', '/v1/routing-rules'],
  getRoutingRule: ['GET', '/v1/routing-rules/{id}'],
  putRoutingRule: ['PUT', '/v1/routing-rules/{id}'],
  deleteRoutingRule: ['DELETE', '/v1/routing-rules/{id}'],
  getExport: ['GET', '/v1/export'],
  importData: ['POST', '/v1/import'],
  listChanges: ['GET', '/v1/changes'],
  getChange: ['GET', '/v1/changes/{revision}'],
  listKeys: ['GET', '/v1/keys'],
  createKey: ['POST', '/v1/keys'],
  revokeKey: ['DELETE', '/v1/keys/{key}'],
  receiveEvent: ['POST', '/v1/hooks/{source}'],
} as const
