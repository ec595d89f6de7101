import { MOD } from './scripted-state.ts';
import type { OzoneState } from './scripted-state.ts';
import type { WireRequest } from '../wire-server.ts';

type Handler = (request: WireRequest, did: string) => { readonly json: unknown; readonly status?: number };

const PLANNED_TAG = 'scheduled-takedown';

/** Planned takedowns, as measured on 0.4.2 (packages/ozone/src/api/moderation/scheduleAction.ts and its neighbours). */
export function planRoutes(state: OzoneState): Readonly<Record<string, Handler>> {
  const isFull = (did: string): boolean => ['moderator', 'admin'].includes(state.roles.get(did) ?? '');
  const no = { status: 401, json: { error: 'AuthenticationRequired', message: 'Must be a moderator to schedule actions' } };
  const tell = (did: string, createdBy: string, event: Readonly<Record<string, unknown>> & { readonly $type: string }, tag: Readonly<Record<string, unknown>>, modTool: Readonly<Record<string, unknown>> | null): void => {
    state.emit({ did, uri: null, createdBy, event, modTool });
    state.emit({ did, uri: null, createdBy, event: { $type: `${MOD}Tag`, ...tag } });
  };
  return {
    'POST /xrpc/tools.ozone.moderation.scheduleAction': ({ body }, createdBy) => {
      if (!isFull(createdBy)) return no;
      const { subjects, action, scheduling, modTool } = body as { subjects: string[]; action: Record<string, unknown>; scheduling: { executeAt: string }; modTool?: Record<string, unknown> };
      const failed: unknown[] = [];
      const succeeded: string[] = [];
      for (const did of subjects) {
        if (state.plans.some((plan) => plan.did === did && plan.status === 'pending')) {
          failed.push({ subject: did, error: 'A pending scheduled action already exists for this subject', errorCode: 'InvalidRequest' });
          continue;
        }
        state.plans.push({ id: state.plans.length + 1, did, status: 'pending', at: Date.parse(scheduling.executeAt), createdBy, eventData: { ...action, ...(modTool === undefined ? {} : { modTool }) } });
        tell(did, createdBy, { $type: 'tools.ozone.moderation.defs#scheduleTakedownEvent', executeAt: scheduling.executeAt }, { add: [PLANNED_TAG], remove: [] }, modTool ?? null);
        succeeded.push(did);
      }
      return { json: { succeeded, failed } };
    },
    'POST /xrpc/tools.ozone.moderation.listScheduledActions': ({ body }) => {
      const { subjects, statuses } = body as { subjects?: string[]; statuses: string[] };
      const found = state.plans.filter((plan) => statuses.includes(plan.status) && subjects?.includes(plan.did) !== false).toReversed();
      return { json: { actions: found.map(({ at, ...plan }) => ({ ...plan, action: 'takedown', executeAt: new Date(at).toISOString(), createdAt: new Date(state.now()).toISOString(), randomizeExecution: false })) } };
    },
    'POST /xrpc/tools.ozone.moderation.cancelScheduledActions': ({ body }, createdBy) => {
      if (!isFull(createdBy)) return no;
      const { subjects } = body as { subjects: string[] };
      const succeeded = subjects.filter((did) => {
        const pending = state.plans.filter((plan) => plan.did === did && plan.status === 'pending');
        for (const plan of pending) plan.status = 'cancelled';
        if (pending.length > 0) tell(did, createdBy, { $type: 'tools.ozone.moderation.defs#cancelScheduledTakedownEvent' }, { add: [], remove: [PLANNED_TAG] }, null);
        return pending.length > 0;
      });
      const failed = subjects.filter((did) => !succeeded.includes(did)).map((did) => ({ did, error: 'No pending scheduled actions found for subject', errorCode: 'NoPendingActions' }));
      return { json: { succeeded, failed } };
    },
  };
}
