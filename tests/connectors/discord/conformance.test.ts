import { discord } from '../../../src-main/connectors/discord/discord.ts';
import { describeConformance } from '../conformance.ts';
import { startFar } from './far.ts';

describeConformance('Discord', { connector: discord, verb: 'mute', start: startFar });
