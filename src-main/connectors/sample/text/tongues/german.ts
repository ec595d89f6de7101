import type { Tongue } from '../prose.ts';

export const german: Tongue = {
  code: 'de',
  words: {
    boat: ['Seeschwalbe', 'Morgentau', 'Anna Lena', 'Kleine Brise', 'Treibholz', 'Nordlicht', 'Wattläufer', 'Sturmvogel', 'Heimweh', 'Butterblume'],
    place: ['am Nordsteg', 'an der Slipanlage', 'im Winterlager', 'an der Tankstelle', 'am alten Kai', 'beim Hafenmeister', 'am Kran', 'an der Schleuse', 'im Schlick', 'vor der Segelmacherei'],
    day: ['am Montag', 'am Dienstag', 'am Mittwoch', 'am Freitag', 'am Samstag', 'am Sonntag', 'am Regattatag', 'zu Ostern'],
    gear: ['Impeller', 'Bilgepumpe', 'Ankerwinsch', 'Ruderlager', 'Landstromkabel', 'Kraftstofffilter', 'Seeventil', 'Echolot', 'Sprayhood', 'Außenborder'],
  },
  names: ['Henrike', 'Ole', 'Wiebke', 'Malte', 'Swantje', 'Jasper', 'Tjark', 'Imke', 'Lorenz', 'Frauke', 'Matthes', 'Gesa', 'Bosse', 'Elke'],
  scenes: {
    talk: {
      open: [
        'Hat jemand Erfahrung mit dem Thema {gear}? [Meiner ist Baujahr {nn} und so klingt er auch.|Bei uns an Bord wird nur noch geraten.]',
        'Die „{boat}“ kommt {day} aus dem Wasser. [Zwei Hände mehr wären schön.|Kuchen gibt es auch.]',
        'Wer hat {day} {place} eine graue Mütze verloren? Liegt im Büro.',
        'Suche Mitsegler {day}, Abfahrt {place}. Anfänger sind willkommen.',
        'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenreiniger gesucht, kein Scherz, es geht um den Flohmarkt.',
        'Ich finde die neuen Liegegebühren ehrlich gesagt in Ordnung. [So, jetzt habe ich es gesagt.|Steinigt mich.]',
        'Danke an alle, die {day} {place} mitgeholfen haben. Es waren {nn} Leute.',
        'Wie bekommt ihr den Geruch aus der Bilge? Essig, Natron und Beten habe ich schon.',
      ],
      more: ['Danke im Voraus!', 'Bin {day} sowieso da.', 'Eilt nicht.', 'Fotos folgen.', 'Handbreit!'],
    },
    harassment: {
      open: [
        'Du schon wieder. [Merkst du nicht, dass dich hier keiner lesen will?|Geh doch Minigolf spielen.]',
        'Wer so anlegt wie du, sollte im Hafen den Mund halten. Und im Forum auch.',
        'Ich antworte auf jeden deiner Beiträge, bis du gehst. Versprochen.',
        'Alle {place} lachen über dich, nur damit du es weißt.',
        'Peinlicher als deine Reparatur am {gear} bist nur du selbst.',
        'Ich schreibe hier jetzt jeden Tag, was du {day} gemacht hast. Jeden Tag.',
      ],
      more: ['Kannst es ja wieder melden.', 'Frag die anderen.', 'Zum dritten Mal.'],
    },
    spam: {
      open: [
        'Jetzt Geld verdienen ohne Boot!!! Ich zeige dir wie, einfach Nachricht an mich',
        'Sportbootführerschein ohne Prüfung, Versand in {n} Tagen, alle Häfen',
        '{gear} neu, ohne Rechnung, nur {price}, Abholung nachts {place}',
        'Kredit für Bootseigner in zehn Minuten, ohne Auskunft, schreib mir schnell',
      ],
      more: ['Nur noch bis Sonntag!', 'Seriös!!!', '✅✅✅'],
    },
    'off-topic': {
      open: [
        'Hat wer das Spiel {day} gesehen? Nie im Leben war das Abseits.',
        'Verkaufe Waschmaschine, {price}, kein Bootsbezug, aber ihr seid so nett hier',
        'Welcher Drucker taugt was? Meiner druckt nur noch in Lila.',
        'Wahlprognosen bitte hier hinein, der andere Faden wurde ja geschlossen',
        'Rezept für Linsensuppe, Teil {n}. Ja, wieder im Technikbrett.',
      ],
    },
    misinformation: {
      open: [
        'Ab {nn}. darf man ohne Chip im Rumpf nicht mehr auslaufen, mein Schwager arbeitet da.',
        'Rettungswesten sind Geldmacherei, unter zehn Metern geht keiner unter. Ist Physik.',
        'Die Gezeitentafeln sind dieses Jahr falsch, rechnet einfach eine Stunde dazu.',
        'Wer abends Motoröl in den Tank gibt, braucht keinen {gear} mehr. Will nur keiner verkaufen.',
      ],
      more: ['Bitte teilen.', 'Steht natürlich nirgends.'],
    },
    privacy: {
      open: [
        'Damit ihr Bescheid wisst: sie wohnt Ankergasse {nn}, klingelt ruhig.',
        'Hier der ganze Chat mit Klarnamen, er wollte es ja nicht anders.',
        'Kennzeichen vom Falschparker {place}, Halter arbeitet im Laden gegenüber.',
      ],
    },
    appeal: {
      open: [
        'Mein Beitrag zum {gear} wurde als Werbung entfernt. Es war eine Anleitung. Bitte noch einmal ansehen.',
        'Ich wurde stumm geschaltet, weil ich „Pott“ geschrieben habe. So heißt das Boot.',
      ],
      more: ['Danke fürs Prüfen.'],
    },
    held: { open: ['Zurückgehalten: erster Beitrag. „Moin, wir haben die {boat} gekauft und suchen einen Liegeplatz.“', 'Zurückgehalten: AW: AW: AW: Arbeitsdienst {day} – zu viele Empfänger'] },
  },
  replies: ['Das gehört hier nicht her.', 'Bitte sachlich bleiben, {day} sehen wir uns alle am Steg.', 'Schlaf eine Nacht drüber.', 'Kann da jemand vom Team draufschauen?', 'Ich war dabei, es war anders.'],
  comments: {
    any: ['Bitte mal ansehen', 'gehört hier nicht hin', 'schon wieder', 'Unmöglich.', ''],
    harassment: ['Er verfolgt sie durch alle Themen.', 'Das ist persönlich.', 'Ich möchte hier in Ruhe schreiben.'],
    spam: ['Werbung', 'Neues Konto, nur Links'],
  },
};
