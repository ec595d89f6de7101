import type { Settings } from '../contract/setup.ts';
import type { Context } from './context.ts';
import type { Live } from './live.ts';
import type { Platforms } from './start-platforms.ts';

/** Everything that the router calls, made once by start-backend. */
export type Services = {
  readonly ctx: Context;
  readonly live: Live;
  readonly platforms: Platforms;
  readonly keepSettings: (settings: Settings) => void;
};
