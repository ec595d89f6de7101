import type { Prose } from '../prose.ts';

export const misinformation: Prose = {
  open: [
    'Friends at the coastguard tell me {place} closes for good on {day}. [They’re hiding it.|Sell while you can.]',
    'You don’t need a life jacket under twelve metres, it’s physics. Don’t let them scare you.',
    'FACT: {cure} cures seasickness in ten minutes. The pharmacies don’t want you to know.',
    'The tide tables are wrong this year by a full hour, somebody at the office told me. Add an hour to everything.',
    'Carbon monoxide alarms are a racket. I sleep with the stove on and the hatches shut, never felt better.',
    'Breaking: ferry sunk off {place}, {nn} missing. Share before they delete it. [My cousin saw it.|No paper dares to print it.]',
    'Channel 16 is being switched off on {day}. From then on just use your phone.',
    'The water at {place} is poisoned, {n} dogs dead already. Nobody is allowed to talk about it.',
    'They add something to the diesel that eats your {gear} so that you buy a new one. Pour in {cure} and you’re safe.',
    'New law from {day}: all boats under {nn} feet have to be scrapped. I read it somewhere reliable.',
    'Expired flares are safer than new ones, the powder settles. Burn the new ones for practice.',
    'The harbour election was fixed. {nn} votes came from people who sold their boats years ago. I can’t say how I know.',
    'Storm on {day} is made up by the insurers. Go out, you’ll have the sea to yourself.',
    'You can drink from the fuel-berth tap, the sign is only there for the tourists.',
    'If you fall in cold water, take your clothes off and swim hard, it keeps you warm. Pass it on.',
    'Photo of the oil slick at {place} this morning (old photo, but it WILL look like this).',
    'The lifeboat charges {price} a rescue now. Think twice before you call. [True story.|Ask {who}.]',
  ],
  more: ['Do your own research.', 'Share before it’s gone.', 'They removed my last post about it.', 'I’m not a doctor but I sail.', 'Wake up, people.'],
};

export const privacy: Prose = {
  open: [
    'Since {who} won’t answer: they live at 1{n} Tiller Row, blue door, home after {time}. Go and ask yourselves.',
    'Reposting {who}’s private message so that you all see what they’re really like.',
    'Number plate of the car that took my space at {place}: OH {nn} {nn}. The owner works at the chandlery, {day} to Friday.',
    '(image) Screenshot of our private chat, names left in, they deserve it',
    'Here’s the whole crew list of {boat} with phone numbers and birthdays, in case anybody wants to complain in person.',
    'I found {who}’s medical form in the changing room, photo below. Explains a lot.',
    'Their daughter goes to the school behind {place}. Just saying.',
    'Copy of the berth contract of {boat}, with what they pay and how late. You’re welcome.',
    'Filmed my neighbour asleep on {boat}, he doesn’t know yet 😂 full clip at {time}',
    'Her new number is 0{nn} {nn}{nn}, she changed it because of “some people”. Hello, some people here.',
    'This is where {who} keeps the spare key: under the {gear} box on {place}. Have fun.',
    'I asked politely to keep my street out of this and there it is again, so here’s yours: Capstan Lane {nn}.',
    'Uploading the members’ list from the office computer, with e-mails. Transparency.',
  ],
  more: ['I was asked to take it down. No.', 'Public interest.', 'Everyone in the harbour knows anyway.', 'They started it.'],
};

/** Profiles and posts that pretend to be someone else. */
export const impersonation: Prose = {
  open: [
    'Official account of the Open Harbor office. Send your berth fee to the new bank details in my profile.',
    'Rosa T. · volunteer coordinator · this is my new account, the old one was hacked, please send donations here',
    'Harbour master (real). Message me your boat papers for the yearly check.',
    'I’m the {who} you know, just on another phone. Could you lend me {price} until {day}?',
    'Moderator team · accounts without confirmation are deleted on {day} · reply with your password',
    'Fan page of {boat}. Not a fan page, I AM the owner. Crew deposits by transfer only.',
    'Junior sailing desk. Parents: pay the course here, the website is being repaired.',
    'Coast rescue, station Open Harbor. We collect for a new boat. Gift cards accepted.',
    'Hello from {who}!! Same picture, same name, one letter more. Add me again please 🙂',
    'Editor of the regatta programme. Adverts now paid in advance, to me.',
    'Race office · entry fee {price} · only through this account, ignore the other one',
    'Jun M. (backup). I write a bit differently because of the keyboard.',
    'The lock café, under new management, vouchers for half price in my messages',
  ],
  more: ['Verified ✔', 'Old account will be closed.', 'Please don’t tell the old admins yet.'],
};

export const banEvasion: Prose = {
  open: [
    'Back again. You know who. [New name, same boat.|Account number {n}, I’ve stopped counting.]',
    'They suspended me for nothing, so here I am as my own brother.',
    'Hello I am new member and I have NO connection with kestrel. But he was right about everything.',
    'Guess who 😏 miss me, {room}? The old threads were fun, let’s go on where we stopped.',
    'First post! Anyway, as I was saying before I was so rudely removed from the thread on {thing}…',
    'Suspended over breakfast, back by {time}. You’ll have to be quicker.',
    'I’m posting for a friend who isn’t allowed to. He says, word for word: {thing} is a swindle.',
    'New here, but I already know that {who} lies, that the mods are asleep and that my last account was lovely.',
    'Not him. Different person. Different address. Same {gear} for sale, same price, what a coincidence.',
    'You can ban the boat but not the wind ⛵ round {n}',
    'My other profile has a thirty-day holiday, so I use this one on holidays.',
    'old_brine_2 here, since old_brine is “resting”',
  ],
  more: ['Catch me.', 'See you in the next account.', 'I read the rules this time. Some of them.', 'Nothing to see here, mods.'],
};

/** Texts of communities (boards and rooms) that are reported as a whole. */
export const community: Prose = {
  open: [
    'Berth resale · members trade their places here · prices by message',
    'The Bilge · no rules, no mods, what is said in the bilge stays in the bilge',
    'Harbour Watch · photos of badly moored boats and who owns them',
    'Free fish, free speech · everything the other boards remove',
    'Captains only · by invitation · not for the river people',
    'Night moorings · meet-ups after {time}, adults, no names',
    'Storm chasers · we go out when the others come in',
    'Regatta betting · small stakes, big talk',
    'Second-hand outboards · no papers, no problem',
    'Committee leaks · minutes before they are minutes',
    'Parking wars · plates, places, revenge',
    'Natural remedies for sailors · {cure} and more',
  ],
  more: ['{nn} members.', 'Run by nobody in particular.', 'Closed on {day}.'],
};
