"""Three words, a capital and a digit: a password that nobody has to think up.

    generated()  →  "lantern-Otter-teapot-47"

The words are our own choice: plain, of four to eight letters, easy to spell and fit to be read aloud in a classroom.
"""

import secrets
from collections.abc import Callable, Sequence

from itrack.accounts.rules_passwords import faults, telling

_TEXT = """
acorn acre acrobat actor adder admiral alarm album alder almond alpine amber anchor angle ankle antelope antenna
apple apricot apron arbour arcade archer arena armour arrow artist ashen aspen atlas attic auburn audio autumn
avenue avocado awning azure badge badger bagel baker bakery balcony ballet balloon balsa bamboo banana bandage
banjo banner bargain barge barley barn barrel basil basin basket bath baton bazaar beach beacon bead beaker beam
bean bear beaver beech beehive beetle beetroot bellows bench berry bicycle bilberry birch biscuit bison blanket
blazer blender blossom blouse bluebell boat bobbin bobsled bolster bonfire bonnet book boots border bottle
boulder bouquet bowl bowler bracelet bracken bracket bramble branch brass bread breeze brick bridge brindle
bristle brochure bronze brook broom broth bubble bucket buckle budget buffalo bugle builder bulb bumper bundle
bungalow bunker bunting buoy burrow butter button buzzard cabbage cabin cabinet cable cactus cake calendar camel
camera campfire canal canary candle cannon canoe canopy canteen canvas canyon caramel caravan cardigan cargo
caribou carnival carpet carriage carrot cart cartoon carver cashew castle catkin cauldron cavern cedar celery
cellar cello cement centre cereal chain chair chalet chalk chamber channel chapter chariot charm chart cheddar
cheese cheetah cherry chess chestnut chicory chime chimney chisel chopper chorus chowder chutney cider cinema
cinnamon circle circus citrus clarinet clay cliff clipper cloak clock cloud clover cluster coach coast cobalt
cobbler cobweb cockatoo cockle cocoa coconut coffee collar collie colour comet comic compass compost concert
conch condor cone confetti conifer convoy cookbook copper coral corduroy cork corner cornet corridor cottage
cotton cougar council counter cowslip coyote crab cradle crane crater crayon cricket crimson crocus crossbar
crumble crumpet crystal cuckoo cucumber cupboard curlew curtain cushion custard cutlass cutter cyclone cygnet
cymbal cypress daffodil dahlia dairy daisy damson dancer dapple darling dawn daylight decimal delta denim desert
desk dewdrop diagram dial diamond dice diesel digger dinghy dingo dinner diploma dipper dolphin domino donkey
doorbell doormat dormouse dove dragon drawer dresser drizzle drum duchess duckling duffel dumpling dune dungeon
dusk duster dynamo eagle earring earth easel eastern echo eclipse eggcup eggshell elastic elbow elder elephant
elevator ember emerald emperor enamel engine envelope equator ermine estuary evening explorer express fabric
falcon fanfare farmer farthing fathom feather fence fennel fern ferret ferry festival fiddle fiesta filbert
finch finger fire firefly fisher fjord flagpole flamingo flannel flapjack flask fleece flint flock flower flute
foal foghorn folder foliage football footpath forest forge fork fossil fountain foxglove fraction frame freckle
freezer freight fresco fridge fringe frisbee frost fruit fudge funnel furnace furrow gable galaxy galleon
gallery gallon galosh garage garden gargoyle garland garlic garnet gazebo gazelle gecko gelatine gemstone
geranium gerbil geyser gherkin giant gibbon ginger giraffe glacier glade glass glider glimmer glitter globe
glove glow glue goblet gondola goose gopher gorge gosling gourd grain granary granite grape graph grass gravel
gravy green grocer grotto grouse grove guitar gull gumboot gutter gymnast haddock halibut hallway halo hammock
hamper hamster handbell handle hangar harbour hardback hare harness harp harpoon harvest hatchet hawk hawthorn
hazel headband heath heather hedge hedgehog helmet hemlock herald herb heron herring hexagon hibiscus hickory
highway hillside hinge hippo hobby hockey holiday hollow holly honey hoop horizon hornet horse hotel hound
huddle hummus hurdle husky hutch hyacinth hydrant iceberg icicle igloo iguana impala indigo ingot inkwell insect
ironing island ivory jackdaw jacket jaguar jamboree jasmine jasper jelly jersey jetty jewel jigsaw jingle jockey
jogger jotter journal journey jubilee juggler jumper junction jungle juniper kangaroo kayak keeper kelp kennel
kernel kestrel ketchup kettle keyboard keyhole kilt kimono kindle kingdom kiosk kipper kitchen kite kitten kiwi
knapsack knight knitting knot koala label laburnum lace ladder ladle ladybird lagoon lake lamb lamp lancer
landing lantern lapwing larch lark lasso latch lather lattice laundry laurel lava lavender lawn leaflet leather
lecture ledge leek legend lemon lemur lentil leopard letter lettuce level lever library lichen lifeboat lilac
lily lime linen linnet lintel lion lizard llama lobby lobster locket locust lodge lodger loft lollipop lotus
lounge lucky luggage lullaby lumber lupin lute lynx lyric macaroni mackerel magenta magnet magnolia magpie
mahogany mallard mallet mammoth mandolin mango mangrove mansion mantle maple marathon marble margin marigold
marina marker market marlin marmot maroon marrow marsh marten marzipan mascot mattress meadow measure medal
medley melody melon merchant mercury meringue mermaid metal meteor midday midnight mill miller millet mineral
minnow minstrel mint minute mirror mitten moccasin modern mohair molasses mole monarch mongoose monkey monsoon
moonbeam moorland moose morning mortar mosaic moss moth motor mountain mousse muffin mulberry mural muscle
museum mushroom music mussel mustard mutton napkin narrow narwhal nectar needle nephew nest nettle newt nickel
nightcap nimble noodle northern notebook nougat nuthatch nutmeg nylon oasis oatmeal oboe ocean ocelot octagon
octave octopus olive omelette onion opal opera orange orbit orchard orchid organ origami oriole osprey ostrich
otter outdoor outing oven overcoat oxygen oyster packet paddle paddock padlock page pagoda paint palace palette
palm pancake panda pannier pansy panther pantry papaya paper paprika parade parasol parcel parka parrot parsley
parsnip passport pasta pastel pastry pasture patch path pattern pavement pavilion peach peacock peanut pear
pearl pebble pedal pelican pelmet pencil pendant penguin pennant penny pepper perch perfume petal petrel
pheasant phoenix piano piccolo pickle picnic picture pigeon piglet pillar pillow pilot pinecone pioneer pirate
pitcher pixie plaice planet plank plaster plateau platform platter plaza plinth plough plover plum plumber plume
pocket podium poem polar polenta polish pollen poncho pond pony poodle popcorn poplar poppy porch porpoise
porridge postcard potato potter pottery pouch powder prairie prawn present pretzel primrose prince printer prism
pudding puddle puffin pulley pumice pumpkin puppet puppy purple puzzle pyramid quail quarry quarter quartz
quaver quay queen quiche quill quilt quince quiver quiz quoit rabbit raccoon racket radar radiator radio radish
raffle raft railing railway rainbow raincoat raindrop rainfall raisin rambler rampart ranger rapids ratchet
rattle ravine reading recipe record recorder reed reef reindeer relay relish repair reptile rhubarb ribbon
riddle ridge ring ripple river rivet roadside robin robot rocket rodeo roller rooftop rooster rosebud rosemary
rosette rotor rowan rubber ruby rucksack rudder ruffle rugby rumble runner rural russet rustic sable saddle
safari saffron sage sailor salad salmon salsa salute samba sampan sand sandal sandbag sandwich sapling sapphire
sardine satchel satin saucepan saucer sauna savanna sawdust scaffold scallop scarab scarf scarlet scenery
schooner scissors scone scooter scout scroll sculptor seabird seagull seal seashell season seaweed seesaw sequin
sergeant sesame setting settle shallot shamrock shanty sheaf shears shelf shell shelter sherbet shield shingle
ship shoelace shovel shrimp shrub shuttle sidecar signal silk silver singer siren skate skillet skipper skittle
skylark slate sledge sleeve slipper sloop sloth smock snapper snorkel snowball snowdrop soap soccer socket sofa
solar soldier solstice sonata sonnet sorbet sorrel sparrow spatula spectrum sphere spice spider spinach spindle
spiral splash sponge spoon sprout spruce squash squirrel stable stadium stallion stamp stapler starfish starling
station statue steamer steeple stencil steppe stereo stirrup stoat stocking stork storm story stream stripe
stroller studio sturgeon subway suede sugar suitcase sultana summer summit sunbeam sundial sunrise sunset
swallow swan sweater swift swing sycamore symbol syrup tabby table tablet taco tadpole tailor talon tandem tango
tapestry tapioca tarmac tartan tassel taxi teacup teapot teaspoon telegram temple tempo tennis tent terrace
terrapin terrier theatre thermos thicket thimble thistle thorn thread throne thrush thunder thyme tiara ticket
tide tiger timber tinsel tiptoe toast toffee toggle tomato topaz torch tornado tortoise totem toucan towel tower
tractor trailer trapeze travel treacle treasure treble trellis triangle tricycle trident trifle trinket triplet
trolley trombone tropic trout trowel truck truffle trumpet tugboat tulip tuna tundra tunic tunnel turban turbine
turnip turret turtle tweed twilight twine twist umbrella unicorn uniform upland urchin utensil vacuum valley
vanilla varnish vase vault velvet veranda vessel viaduct village vinegar vineyard vintage viola violet violin
visor vista volcano vole voyage vulture waffle wagon wagtail waiter wallaby wallet walnut walrus waltz warbler
wardrobe warren washer watch water wattle weasel weather weaver wedge weekend western wharf wheat wheel whelk
whisk whisker whistle wicker widget wigwam willow windmill window winter wizard wolf wombat woodland woollen
workshop wren wrench yacht yarn yarrow yeoman yoga yoghurt yonder zebra zenith zephyr zigzag zinc zipper zither
"""
WORDS = tuple(_TEXT.split())


def generated(*, avoid: Sequence[str] = (), chance: Callable[[int], int] = secrets.randbelow) -> str:
    """A password that satisfies every rule, whoever it is for; `avoid` holds the words around its owner.

    Three words of `WORDS`, one of them with a capital, and two digits: 39 random bits.
    """
    known = set(telling(avoid))
    words = [word for word in WORDS if not any(part in word for part in known)]
    while True:
        drawn = _drawn(words, chance)
        if not faults(drawn, words=avoid, second_factor=False):
            return drawn


def _drawn(words: Sequence[str], chance: Callable[[int], int]) -> str:
    chosen = [words[chance(len(words))] for _ in range(3)]
    capital = chance(3)
    chosen[capital] = chosen[capital].capitalize()
    return "-".join((*chosen, str(10 + chance(90))))
