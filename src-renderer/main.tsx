import '@fontsource-variable/inter/opsz.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import './ui/tokens.css';
import './ui/base.css';
import { createRoot } from 'react-dom/client';
import { startKeys } from './commands/dispatch.ts';
import { startShellRequests } from './commands/shell-requests.ts';
import { startLive } from './host/live.ts';
import { startCounts, useCounts } from './state/counts.ts';
import { startGuidelines } from './state/guidelines.ts';
import { startQueueLive } from './state/queue-live.ts';
import { startSettings } from './state/settings.ts';
import { App } from './views/frame/app.tsx';
import { Boundary } from './views/frame/boundary.tsx';

startLive((connected) => useCounts.setState(({ lostAt }) => ({ connected, lostAt: connected ? null : lostAt ?? Date.now() })));
startSettings();
startQueueLive();
startCounts();
startGuidelines();
startKeys();
startShellRequests();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(<Boundary><App /></Boundary>);
