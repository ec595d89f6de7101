import { failureOf } from '../host/failure.ts';
import { toast } from './toasts.ts';

/** Waits for a call and says a failure in the corner, with the trace id to quote; null when it failed. */
export async function attempt<Answer>(call: Promise<Answer>): Promise<Answer | null> {
  try {
    return await call;
  } catch (error) {
    const { message, traceId } = failureOf(error);
    toast({ tone: 'failed', text: traceId === null ? message : `${message} Trace ${traceId}` });
    return null;
  }
}
