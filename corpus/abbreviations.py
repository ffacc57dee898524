"""The words that decide whether a period ends a sentence: data for `corpus.sentences`."""

MONTHS = frozenset(
    """
    januar jänner februar feber märz april mai juni juli august september oktober november dezember
    jan jan. feb feb. mrz apr apr. jun jul aug aug. sep sept sept. okt okt. nov nov. dez dez.
    january february march may june july october december oct dec mar
    """.split()
)

# Never the end of a sentence: a number, a name or an explanation has to follow.
ABBREVIATIONS = frozenset(
    """
    a.a.o abb abl abs abschn abt abzügl allg anl anm approx aufl ausf ausschl az bayer bd bde
    bearb begr beil bek bes betr bez bgbl bl brandenb bsp bspw buchst bzgl bzw ca cf d.h d.i
    dept dgl dienstl dipl dipl.-ing dr dt durchschn e.g ebd eds einschl engl entspr erl erw esp
    etw ev evtl exkl fachl fam fig fn fr frhr geb gem ges gesetzl gez ggf ggfs ggü gov grds
    griech hauptst hess hr hrn hrsg i.d.f i.d.r i.e i.e.s i.h.v i.r.d i.r.v i.s.d i.s.v i.v
    i.v.m incl ing inh inkl insb insbes jew jhrl jur jährl kath kfm kirchl landw lat lfd lic lit
    lt m.a.w m.e m.w max mdl med mind monatl mr mrs ms nachf nds niedersächs nr nrn obj op orig
    para phil pos pp priv prof qual quant rd rdnr rdschr resp richtl rn rspr russ röm s.o s.u
    schr schriftl schweiz sect sekr sen sog sogen soz spez st staatl stellv str.-nr stv städt
    sächs tab techn teilw tel telef thür u.u uff umg univ unterabs urspr usf v.a verf verg verm
    vert vgl viz vol vorl vors vorschr vs vv vv.nr wg wiss wö württ z.b z.t z.zt zb zgl ziff zit
    zt zul zus zuzügl zw zzgl zzt
    """.split()
)

# Abbreviations that a sentence may end with; it does when a word follows that starts sentences.
CLOSING = frozenset(
    """
    etc usw ff f e.v v o.ä u.ä ä u.a a u.v.m m u.v.a.m o.g dgl.m co inc corp std min sek mio mrd tsd
    str pl kap jh jhd jh.s n.chr v.chr chr uvm ugs p.a p.m a.m u.s u.k e.u n.n eur euro cent
    km cm mm kg proz.p pers stk tl bf ehem.b zt.z s.a i.d.j d.j d.m d.a d.s w.o.g r.k
    art no nat al
    jan feb mrz apr jun jul aug sep sept okt nov dez oct dec
    """.split()
)

# A number after these counts ("Modul 1."), it does not order ("das 1. Modul").
NUMBERED = frozenset(
    """
    modul module modulen phase stufe gruppe klasse teil kapitel kap abschnitt anlage anhang artikel
    art absatz abs satz nummer nr nrn ziffer ziff punkt seite seiten s § §§ buchst buchstabe
    variante option version ebene ebenen schritt tabelle tab abbildung abb zeile spalte band bd
    los lose paragraph fassung folge ausgabe heft raum zimmer gebäude haus etage formular vordruck
    cluster level step section sec no page figure part chapter article annex rund etwa über unter
    mindestens höchstens maximal insgesamt gleich auf um nur noch
    """.split()
)

# Before a number with a period these promise an ordinal: "bis zum 2. Halbjahr".
ORDINAL_LEADS = frozenset(
    """
    der die das dem den des im am zum zur vom beim ins ans jeder jede jedes jedem jeden diese dieser
    dieses diesem diesen ein eine einer einem einen ihre ihrer seine seiner unser
    unsere kein keine montag dienstag mittwoch donnerstag freitag samstag sonntag
    """.split()
)

# Words that open a sentence far more often than they follow an abbreviation or an ordinal.
STARTERS = frozenset(
    """
    Aber Ab Abweichend Alle Allerdings Alternativ Als Also Am An Andere Anders Anschließend Anträge
    Auch Auf Aus Außerdem Ausnahmen Ausgenommen Bei Beide Beim Beispiele Bereits Besonders Bis
    Bitte Da Dabei Dadurch Dafür Dagegen Daher Damit Danach Daneben Dann Daran Darauf Daraus Darin
    Darüber Darum Darunter Das Dass Davon Dazu Dem Den Denn Dennoch Der Deren Des Deshalb Dessen
    Deswegen Die Dies Diese Dieselbe Diesem Diesen Dieser Dieses Doch Dort Durch Ein Eine Einem
    Einen Einer Eines Einige Er Erst Es Falls Ferner Für Gegebenenfalls Gemäß Gibt Grundsätzlich
    Hat Hier Hierbei Hierdurch Hierfür Hierunter Hierzu Ihr Ihre Ihrem Ihren Ihrer Im In Innerhalb
    Insgesamt Ist Je Jede Jeder Jedes Jedoch Kann Kein Keine Können Man Mehr Mit Mithilfe Muss
    Müssen Nach Nachdem Neben Nicht Nun Nur Ob Obwohl Oder Ohne Pro Rund Sämtliche Sein Seine
    Seit Seitdem Sie Siehe So Sobald Sofern Solche Soll Sollte Sollten Somit Sowohl Sowie Spätestens
    Statt Stattdessen Trotz Trotzdem Über Um Und Unter Unser Unsere Viele Vom Von Vor Voraussetzung
    Während War Waren Warum Was Weil Weiter Weitere Weiterhin Welche Welcher Welches Wenn Wer Werden
    Wie Wir Wird Wo Wobei Während Zu Zudem Zugleich Zum Zur Zusätzlich Zuständig Zuvor Zwar Zwischen
    The This These Those That It In If For We You They There He She An As At By From On Our Its
    Please When Where Which While With Each Every All Applications However
    """.split()
)
