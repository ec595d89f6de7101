import type { Prose } from '../prose.ts';

/** Single spam posts. */
export const spam: Prose = {
  open: [
    'Earn {price} a day from your bunk!! No boat needed, ask me how 👉 {link}',
    'Hello dear sailing friends, I am a widow with {nn} marine engines to give away, only shipping to pay',
    '🔥🔥 ANTIFOULING HALF PRICE 🔥🔥 original tins no label, message me fast',
    'I was a deckhand, now I own three yachts. My mentor showed me this: {link}',
    'Cheap boat insurance without papers, approved in {n} minutes, no questions asked',
    'Hi nice photo!! You should be our ambassador, write to our page and pay only the parcel',
    'Best place to buy followers for your sailing page, {price} for ten thousand, all real',
    'Your berth contract expires today. Confirm your card at {link} or lose your place.',
    'Captain licence in 3 days, no exam, stamped and sealed, all harbours accept',
    'Investment in floating homes, guaranteed {nn} percent a month, last {n} places',
    'Watch every boat race live and free >>> {link} <<< working 100%',
    'Miracle hull wax removes barnacles while you sleep, doctors hate it, {link}',
    'We buy any outboard, cash, no papers, any hour, call {nn}-{nn}-{nn}',
    'Congratulations! Harbour visitor number 1,000,000, claim your prize dinghy at {link}',
    'Crypto for captains: put in {price}, take out double by {day}. I did it, my wife did it.',
    'Is anyone lonely at {place} tonight? 💋 My pictures are on {link}',
    'Replica diving watches, same factory, {price}, ships in plain box',
    'Need crew visa? We make all documents. Discreet, fast, worldwide.',
    'Great post!! I learnt a lot about {gear}. By the way my shop has the same for {price} -> {link}',
    'Harbour fee refund available for members. Enter your bank details to check: {link}',
  ],
  more: ['Limited offer until {day}.', 'Serious people only.', 'Thank me later 🙏', 'DM DM DM', 'Admin please allow, it helps many people.', '✅✅✅ trusted seller ✅✅✅'],
};

/** Spam waves: one text from many new members, each spelt a little differently. */
export const wave: Prose = {
  open: [
    'Loans approved in ten minutes for boat owners, no bank, no papers: {link}',
    'Free berth for a year, first fifty only, register at {link}',
    'Make {price} a week reviewing marinas from home, start today at {link}',
    'Diesel at half price for members of this forum, order at {link}',
    'Your forum account will be closed. Confirm it within 24 hours at {link}',
    'Lonely sailors near {place} are waiting for you at {link}',
    'Sell your boat in one day, we pay cash and collect, write to {link}',
    'Marine batteries from a closed factory, {price} each, only at {link}',
    'My cousin doubled her savings with this harbour fund, see {link}',
    'Get your skipper papers online without any exam at {link}',
    'Win a sailing dinghy, just share this and sign up at {link}',
    'Unclaimed parcels from the port auction, {price} a box, at {link}',
  ],
};

export const illegal: Prose = {
  open: [
    'Undersized {fish} for sale at {place} after {time}, cash, bring your own bag.',
    'Outboard for sale, {price}, serial plate “fell off”. [No questions, no receipt.|Collection after dark.]',
    'Red diesel for road cars, I fill cans behind {place} on {day}.',
    'Can get flares past their date re-stamped, good as new, {price} the dozen.',
    'Anyone want {nn} kilos of {fish} that never saw the harbour scales?',
    'I can make you a registration for any hull. Pick the year you like.',
    'Pump-out costs too much. We all empty at {place} at {time}, come along, nobody looks.',
  ],
  more: ['Message only, not here.', 'First come.', 'You didn’t read this.'],
};

export const offTopic: Prose = {
  open: [
    'Anyone here follow the football? Terrible penalty on {day}, I’m still shouting at the dog.',
    'Which coin are you all buying? I think it goes up again by {day}. [Third time I ask.|Serious answers only.]',
    'Off topic but my neighbour’s cat has learnt to open the fridge, long video in the comments',
    'Does anyone know a good dentist inland? Posting in {room} because it’s the busiest.',
    'Here’s my full ranking of every crisp flavour, part {n} of {nn}',
    'Selling a sofa, three seats, not a boat sofa, just a sofa. {price}.',
    'Politics thread because the other one was closed: who are you voting for and why are you wrong?',
    'My mixtape is out 🎧 nothing to do with harbours but you have ears',
    'What’s the best phone under {price}? The old one fell in near {place}, but this is about phones.',
    'I need help with my daughter’s maths homework: a train leaves at {time}…',
    'Can we talk about the finale of that baking show. I have feelings and nowhere to put them.',
    'Horoscope for all sailors this week. Pisces: careful on {day}. Cancer: sell.',
    'Long post about my divorce, sorry, the tides thread felt right',
    'Guess this song from the emoji 🌊🚂🥄🦀 winner gets nothing',
    'Petition about the bypass round the next town, please sign even if you live on a boat',
    'Caravan question. I know. But you people understand leaks.',
    'Who wants to join my running club? We run away from {place}, every week at {time}.',
    'Recipe swap! I’ll start: {fish} no, actually, aubergine. This is now an aubergine thread.',
    'Does {who} still sell eggs?',
    'Posting my poem again since #galley removed it. It has {nn} verses and no boats.',
    'Bump. Bump. Bump. Answer my question about printers.',
    'I have a theory about pyramids and I think {room} is ready for it',
    'Job advert: night receptionist, hotel in the hills, nowhere near water',
    'This is the fourth thread about parking. I’m opening a fifth because nobody closed the gate.',
  ],
  more: ['Sorry mods.', 'Move it if you must.', 'There’s no better board for it.', 'Wrong place, I know, I know.', 'Bumping until someone answers.'],
};
