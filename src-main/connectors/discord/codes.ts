import type {
  AuditLogEvent, AutoModerationActionType, AutoModerationRuleTriggerType, GatewayIntentBits, GatewayOpcodes, MessageType, RESTJSONErrorCodes,
} from 'discord-api-types/v10';

/** The values of one of their enumerations. */
type NumbersOf<Enumeration extends number> = Readonly<Record<string, `${Enumeration}` extends `${infer Value extends number}` ? Value : never>>;

// Numbers that the API speaks in. They are written out and checked against the official types, whose package would otherwise be bundled whole.

/** resources/audit-log, "Audit Log Events". */
export const ENTRY = {
  channelDeleted: 12, kicked: 20, banned: 22, unbanned: 23, memberUpdated: 24, messageDeleted: 72, messagesDeleted: 73, threadDeleted: 112,
  blocked: 143, flagged: 144, timedOut: 145, quarantined: 146,
} as const satisfies NumbersOf<AuditLogEvent>;

/** What is done to a thread moderates nobody, so that a pull passes it over. */
export const THREAD_UPDATED = 111 satisfies NumbersOf<AuditLogEvent>[string];

/** resources/auto-moderation, "Action Types". */
export const ACTION = { block: 1, alert: 2, timeout: 3, quarantine: 4 } as const satisfies NumbersOf<AutoModerationActionType>;

/** resources/auto-moderation, "Trigger Types". */
export const TRIGGER = {
  keyword: 1, spam: 3, preset: 4, mentions: 5, profile: 6,
} as const satisfies NumbersOf<AutoModerationRuleTriggerType>;

/** topics/opcodes-and-status-codes, "Gateway Opcodes". */
export const OP = {
  dispatch: 0, heartbeat: 1, identify: 2, resume: 6, reconnect: 7, invalidSession: 9, hello: 10, heartbeatAck: 11,
} as const satisfies NumbersOf<GatewayOpcodes>;

/** events/gateway, "List of Intents". */
export const INTENT = {
  moderation: 4, messages: 512, content: 32_768, autoModerationRules: 1_048_576, autoModerationExecution: 2_097_152,
} as const satisfies NumbersOf<GatewayIntentBits>;

/** topics/opcodes-and-status-codes, "JSON". */
export const CODE = {
  unknownMember: 10_007, unknownMessage: 10_008, unknownUser: 10_013, unknownBan: 10_026, tooManyDirect: 40_003, missingAccess: 50_001, blocked: 40_333, cannotMessage: 50_007, missingPermissions: 50_013, needsTwoFactor: 60_003, noMutualServer: 50_278,
} as const satisfies NumbersOf<RESTJSONErrorCodes>;

/** resources/message, "Message Types": what AutoMod writes into an alert channel. */
export const ALERT_MESSAGE = 24 satisfies MessageType.AutoModerationAction;
