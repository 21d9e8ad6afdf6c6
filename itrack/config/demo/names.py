"""Invented families: which names go together, with the ethnicity and languages such a family might state.

Every name is common or made up, and the pairs are drawn by lot: nobody real is meant. Each list of surnames has at
least five names, since the second school takes every fifth and the first the others.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Background:
    """`weight` is per hundred families. Codes are those of a transfer file; the first language is the usual one."""

    weight: int
    ethnicities: tuple[str, ...]
    languages: tuple[str, ...]
    surnames: tuple[str, ...]
    girls: tuple[str, ...]
    boys: tuple[str, ...]


def words(text: str) -> tuple[str, ...]:
    """The words of a text; an underscore stands for a space inside one."""
    return tuple(word.replace("_", " ") for word in text.split())


BRITISH = Background(
    48,
    words("WBRI"),
    words("ENG"),
    words(
        "Aldercott Ambleford Barnaby Bexfield Birkwood Bramhall Brindley Calderbrook Cartmell Chatterley Cobbold "
        "Crossfield Dallimore Dunmore Ellwood Fairclough Farrowby Fenwright Garside Gatenby Hallowes Harcastle "
        "Hollingdale Inglewood Jessop Kirkbride Langstaff Larkham Lindqvist-Moore Marsden Meadowcroft Nettleship "
        "Oldroyd Ormerod Pemberley Penhaligon Quarmby Ravenscroft Rookwood Rushworth Satterley Scarfield Shawcross "
        "Sparrowhawk St._John Stapleford Tattersley Thackley Underhill Wainscott Wetherby Whitlock Winterbourne "
        "Woolcott Yardley"
    ),
    words(
        "Amelia Annie Ava Beatrice Charlotte Daisy Edith Eleanor Eliza Elsie Emily Eva Evie Florence Freya Grace "
        "Hallie Harriet Imogen Isla Ivy Jessica Lily Lottie Mabel Maisie Martha Matilda Millie Nell Olive Penny "
        "Phoebe Poppy Robyn Rosie Ruby Scarlett Sophie Violet Willow Zoë"
    ),
    words(
        "Albie Alfie Archie Arthur Barnaby Bertie Charlie Daniel Dylan Edward Elliot Ethan Finley Frank Freddie George "
        "Harry Harvey Henry Jack Jacob Jake James Joey Joseph Jude Leo Logan Louis Luca Max Noah Oliver Oscar Ralph "
        "Reggie Ronnie Rory Stanley Thomas Toby William"
    ),
)
BACKGROUNDS = (
    BRITISH,
    Background(
        3,
        words("WIRI WBRI"),
        words("ENG"),
        words("O'Dwyer O'Farrelly McGinty Nic_Aodha FitzGibney Tierney"),
        words("Aoife Caoimhe Niamh Róisín Siobhán Orla"),
        words("Cillian Conor Fionn Oisín Pádraig Seán"),
    ),
    Background(
        2,
        words("WBRI WWEL"),
        words("ENG CYM"),
        words("Bevan-Rhys Llwydmor Prothero Tudor-Pryce Gwynfor"),
        words("Siân Carys Ffion Lowri Gwenllïan"),
        words("Gethin Ieuan Macsen Osian Rhodri"),
    ),
    Background(
        6,
        words("WOTH"),
        words("POL"),
        words("Borowska-Nowik Dąbrowik Jaworek Kozłowicz Łuczyk Sikorzak Zielonka Wróblik"),
        words("Zofia Maja Hanna Oliwia Pola Kinga"),
        words("Łukasz Kacper Jakub Szymon Mikołaj Tymon"),
    ),
    Background(
        4,
        words("WOTH WROM"),
        words("RMN"),
        words("Bălănescu Ciobotaru Dragomirescu Lupașcu Munteanu-Vale Stănilă"),
        words("Ștefania Ioana Mălina Sorina Daria"),
        words("Ștefan Andrei Matei Ionuț Luca-Mihai"),
    ),
    Background(
        3,
        words("WOTH"),
        words("UKR LIT POR"),
        words("Bondarets Kravchuk-Lys Petrauska Vaitkutis Conceição d'Alvares"),
        words("Solomiya Daryna Ugnė Amélia Inês-Maria Beatriz"),
        words("Bohdan Taras Lukas João Tiago Nojus"),
    ),
    Background(
        9,
        words("APKN"),
        words("URD PNJ ENG URD"),
        words("Akhtari Bashirzai Chaudhary-Mir Haideri Iqbalzada Khanum Mahmoodi Qureshani Rafiqi Saleemi"),
        words("Aleena Amna Hafsa Inaya Maryam Noor Zainab Zara"),
        words("Adeel Bilal Hamza Ibrahim Musa Rayyan Yusuf Zayn"),
    ),
    Background(
        6,
        words("AIND"),
        words("GUJ PNJ HIN TAM ENG"),
        words("Bhandarkar Chandrani Dhaliwala Gill-Sandhar Joshipura Mehtani Natarajam Patelia Sunderam"),
        words("Aanya Diya Ishani Kavya Meera Saanvi Simran"),
        words("Arjun Dev Harjot Krish Nikhil Rohan Veer"),
    ),
    Background(
        4,
        words("ABAN"),
        words("BNG BNG ENG"),
        words("Ahmedzaman Chowdhurani Islamuddin Miahson Rahmani-Das Talukdary"),
        words("Anika Fariha Nusrat Sumaiya Tahmina"),
        words("Adnan Fahim Imran Nayeem Tanvir"),
    ),
    Background(
        6,
        words("BAFR"),
        words("YOR SOM ENG ENG IGB"),
        words("Abdirahmaan Adebanjo Boateng-Osei Chukwumerije Mensahene Ogunbiyi Okonjola Warsameh"),
        words("Adaeze Ayomide Efua Hodan Ifeoma Temi"),
        words("Abdi Chidi Emeka Kofi Kwame Tobi"),
    ),
    Background(
        2,
        words("BCRB"),
        words("ENG"),
        words("Beckfordson Clarendon Grantley-Hope Pinnocker Wrightwell"),
        words("Destiny Kiara Naomi Shanelle Tiana"),
        words("Jaden Malachi Nathaniel Tyrese Xavier"),
    ),
    Background(
        4,
        words("MWBC MWBA MWAS MOTH"),
        words("ENG ENG ENG FRN"),
        words("Adeyemi-Clarke Bell-Hussaini Dubois-Reid de_la_Tour Larke-Singh N'Diaye Osborne-Takeda"),
        words("Anaïs Esmé Layla Lola Renée Skye"),
        words("André Caleb Jayden Kai Micah Zachary"),
    ),
    Background(
        2,
        words("CHNE OOTH AOTH"),
        words("CHI VIE TGL"),
        words("Cheungley Huangfu Leungsze Nguyenh Reyesta Xiaobai"),
        words("Mei-Ling Xinyi Linh Yuna Jasmin"),
        words("Haoran Jun Minh Kenji Wei"),
    ),
    Background(
        2,
        words("OOTH REFU NOBT"),
        words("ARA KUR PRS TUR"),
        words("al-Hadidi Barzanji Darwishi el-Amrani Yıldızer"),
        words("Amira Dilan Lamar Shirin Elif"),
        words("Aram Emir Karim Rebin Yazan"),
    ),
)
MIDDLE_NAMES = words(
    "Alexander Ann Anne-Marie Benedict Christopher David Elizabeth Francis Gabriel Helena James Jane John Joy Kate "
    "Louise Marie May Michael Patience Peter Rose Ruth Simon Victoria"
)
# What a legal forename is shortened to when a family prefers so.
SHORT = {
    "Thomas": "Tommy",
    "William": "Billy",
    "Edward": "Ned",
    "Daniel": "Danny",
    "Joseph": "Joe",
    "Eleanor": "Ellie",
    "Matilda": "Tilly",
    "Beatrice": "Bea",
    "Nathaniel": "Nate",
    "Charlotte": "Lottie",
    "Ibrahim": "Ibby",
    "Zachary": "Zac",
}
STREETS = (
    "Beacon Rise",
    "Canal Row",
    "Dovecote Lane",
    "Furnace Street",
    "Glebe Close",
    "Kiln Yard",
    "Mill Race",
    "Orchard View",
    "Priory Walk",
    "St Bride's Terrace",
    "Tanners' Way",
    "Weir Gardens",
)
